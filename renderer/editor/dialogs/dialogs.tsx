/** What asks for a word or two before something is done. */
import { Modal } from "@mantine/core";
import { cueText } from "../../../electron/captions/cue.ts";
import { texts } from "../../texts/en.ts";
import { TakeFocus } from "../../ui/take-focus.tsx";
import { useActions } from "../context.ts";
import { Speakers } from "../panels/speakers.tsx";
import { Tick } from "./acknowledge.tsx";
import { Approve } from "./approve.tsx";
import { Ask } from "./prompt.tsx";
import { Everywhere } from "./replace-all.tsx";
import { Sheet } from "./shortcuts.tsx";
import { Labels } from "./sound-labels.tsx";

export type DialogName = "sheet" | "speakers" | "labels" | "glossary" | "note" | "chapter" | "tick" | "approve";

const words = texts.editor;

const titles: Readonly<Record<DialogName, string>> = {
  sheet: words.sheet.title,
  speakers: words.speakers.title,
  labels: words.labels.title,
  glossary: words.actions.everywhere,
  note: words.notes.noteTitle,
  chapter: words.notes.chapterTitle,
  tick: words.issues.tickTitle,
  approve: words.approveTitle,
};

interface DialogsProps {
  readonly shown: DialogName | undefined;
  readonly onClose: () => void;
}

export function Dialogs({ shown, onClose }: DialogsProps) {
  const { session } = useActions();
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
      size={shown === "sheet" ? "xl" : "md"}
      returnFocus={false}
      // Whoever works by keys does not wait for pictures.
      transitionProps={{ duration: 0 }}
    >
      <TakeFocus key={shown}>
        {shown === "sheet" ? <Sheet /> : null}
        {shown === "speakers" ? <Speakers onDone={onClose} /> : null}
        {shown === "labels" ? <Labels onClose={onClose} /> : null}
        {shown === "glossary" ? <Everywhere onClose={onClose} /> : null}
        {shown === "note" ? <Ask label={words.notes.note} start="" onDone={(text) => addMark("note", text)} /> : null}
        {shown === "chapter" ? (
          <Ask
            label={words.notes.chapter}
            start={session.activeCue === undefined ? "" : cueText(session.activeCue)}
            onDone={(text) => addMark("chapter", text)}
          />
        ) : null}
        {shown === "tick" ? <Tick onClose={onClose} /> : null}
        {shown === "approve" ? <Approve onClose={onClose} /> : null}
      </TakeFocus>
    </Modal>
  );
}
