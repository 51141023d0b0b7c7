/** The editor's dialogs, each shown in a modal. */
import { Modal } from "@mantine/core";
import { cueText } from "../../../electron/captions/cue.ts";
import { texts } from "../../texts/en.ts";
import { TakeFocus } from "../../ui/take-focus.tsx";
import { CompareScreen } from "../compare/screen.tsx";
import { type DialogName, useEditorSession } from "../context.ts";
import { Speakers } from "../panels/speakers.tsx";
import { saveVersion } from "../session/versions.ts";
import { AcknowledgeDialog } from "./acknowledge.tsx";
import { Approve } from "./approve.tsx";
import { GoToDialog } from "./go-to.tsx";
import { HearAgainDialog } from "./hear-again.tsx";
import { PromptDialog } from "./prompt.tsx";
import { ReplaceAllDialog } from "./replace-all.tsx";
import { ShortcutsDialog } from "./shortcuts.tsx";
import { SoundLabelsDialog } from "./sound-labels.tsx";

const t = texts.editor;

const titles: Readonly<Record<DialogName, string>> = {
  shortcuts: t.shortcuts.title,
  speakers: t.speakers.title,
  labels: t.labels.title,
  "replace-everywhere": t.actions.replaceEverywhere,
  note: t.notes.noteTitle,
  chapter: t.notes.chapterTitle,
  acknowledge: t.issues.acknowledgeTitle,
  approve: t.approveTitle,
  "hear-again": t.hearAgain.title,
  "go-to": t.goTo.title,
  compare: t.compare.title,
  "name-version": t.actions.nameVersion,
};

interface DialogsProps {
  readonly shown: DialogName | undefined;
  readonly onClose: () => void;
}

export function Dialogs({ shown, onClose }: DialogsProps) {
  const session = useEditorSession();
  const addMark = (kind: "note" | "chapter", text: string): void => {
    const cue = session.activeCue;
    const atMs = Math.round(kind === "chapter" ? (cue?.startMs ?? session.playback.ms) : session.playback.ms);
    session.edit({ type: "mark", kind, atMs, text });
    onClose();
  };
  return (
    <Modal
      opened={shown !== undefined}
      onClose={onClose}
      title={shown === undefined ? "" : titles[shown]}
      size={shown === "shortcuts" ? "xl" : "md"}
      fullScreen={shown === "compare"}
      returnFocus={false}
      // No animation: keyboard users would have to wait for it.
      transitionProps={{ duration: 0 }}
    >
      <TakeFocus key={shown}>
        {shown === "shortcuts" ? <ShortcutsDialog /> : null}
        {shown === "speakers" ? <Speakers onDone={onClose} /> : null}
        {shown === "labels" ? <SoundLabelsDialog onClose={onClose} /> : null}
        {shown === "replace-everywhere" ? <ReplaceAllDialog onClose={onClose} /> : null}
        {shown === "note" ? (
          <PromptDialog label={t.notes.note} start="" onDone={(text) => addMark("note", text)} />
        ) : null}
        {shown === "chapter" ? (
          <PromptDialog
            label={t.notes.chapter}
            start={session.activeCue === undefined ? "" : cueText(session.activeCue)}
            onDone={(text) => addMark("chapter", text)}
          />
        ) : null}
        {shown === "acknowledge" ? <AcknowledgeDialog onClose={onClose} /> : null}
        {shown === "hear-again" ? <HearAgainDialog onClose={onClose} /> : null}
        {shown === "go-to" ? <GoToDialog onClose={onClose} /> : null}
        {shown === "compare" ? <CompareScreen onClose={onClose} /> : null}
        {shown === "name-version" ? (
          <PromptDialog
            label={t.versionName}
            start=""
            onDone={(name) => {
              void saveVersion(session, name === "" ? undefined : name);
              onClose();
            }}
          />
        ) : null}
        {shown === "approve" ? <Approve onClose={onClose} /> : null}
      </TakeFocus>
    </Modal>
  );
}
