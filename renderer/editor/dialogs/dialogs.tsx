/** What asks for a word or two before something is done. */
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { cueText } from "../../../electron/captions/cue.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import { findAll, replacement } from "../../../electron/captions/editing/find.ts";
import { client } from "../../api/connection.ts";
import { texts } from "../../texts/en.ts";
import { doAndTell, tellDone } from "../../ui/tell.ts";
import { useActions, useEditor, useSession } from "../context.ts";
import { Speakers } from "../rail/speakers.tsx";
import { Sheet } from "./sheet.tsx";

export type DialogName = "sheet" | "speakers" | "labels" | "glossary" | "note" | "chapter" | "approve";

const words = texts.editor;

function Ask({
  label,
  start,
  onDone,
}: {
  readonly label: string;
  readonly start: string;
  readonly onDone: (text: string) => void;
}) {
  const [text, setText] = useState(start);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onDone(text.trim());
      }}
    >
      <TextInput label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} data-autofocus />
      <Button type="submit" mt="md">
        {words.speakers.set}
      </Button>
    </form>
  );
}

/** The word that is looked at, replaced everywhere; and, where it is wished, heard right in future. */
function Everywhere({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const cue = session.activeCue;
  const marked = cue === undefined ? undefined : session.heard.marked(cue)[session.state.spot ?? 0];
  const plain = (marked?.text ?? "").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const [text, setText] = useState(plain);
  const [term, setTerm] = useState(marked?.nearName?.term ?? plain);
  const { city } = session.frame;
  const [inFuture, setInFuture] = useState(city !== null);
  const cues = useEditor(({ document }) => document.cues);
  const sought = { text, wholeWords: true };
  const hits = findAll(cues, sought);
  const apply = async (): Promise<void> => {
    if (hits.length > 0) {
      const command = replacement(cues, hits, sought, { with: term, preserveCase: true }, session.frame.profile.cues);
      if (session.edit(command)) tellDone(words.glossary.done(command.cues.length));
    }
    if (inFuture && city !== null) await doAndTell(() => client.glossary.add({ city, term }));
    onClose();
  };
  return (
    <Stack gap="sm">
      <TextInput label={words.glossary.heard} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <TextInput
        label={words.glossary.term}
        value={term}
        onChange={(event) => setTerm(event.currentTarget.value)}
        data-autofocus
      />
      {city === null ? null : (
        <Checkbox
          label={words.glossary.future(city)}
          checked={inFuture}
          onChange={(event) => setInFuture(event.currentTarget.checked)}
        />
      )}
      <Group justify="space-between">
        <Text size="sm">{words.glossary.places(hits.length)}</Text>
        <Button disabled={term.trim() === "" || (hits.length === 0 && !inFuture)} onClick={() => void apply()}>
          {words.glossary.everywhere}
        </Button>
      </Group>
    </Stack>
  );
}

/** Sounds that are no words, each by a letter. */
function Labels({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const insert = (label: string): void => {
    const cue = session.activeCue;
    if (cue !== undefined) {
      const isEmpty = wordsOfText(cueText(cue)).length === 0;
      const lines = isEmpty ? [label] : [...cue.lines.slice(0, -1), `${cue.lines.at(-1)} ${label}`];
      session.edit({ type: "text", cue: cue.id, lines });
    }
    onClose();
  };
  const insertLatest = useRef(insert);
  insertLatest.current = insert;
  // Heard from the first moment on: the letter often comes before the focus has.
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const chosen = words.labels.list.find(([code]) => code === event.code);
      if (chosen === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      insertLatest.current(chosen[2]);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, []);
  return (
    <Group gap="xs">
      {words.labels.list.map(([code, key, label], index) => (
        <Button
          key={code}
          variant="default"
          data-autofocus={index === 0 || undefined}
          leftSection={<b>{key}</b>}
          onClick={() => insert(label)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}

function Approve({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const issues = useEditor((state) => state.issues);
  const [reason, setReason] = useState("");
  const errors = issues.filter(({ severity }) => severity === "error").length;
  const warnings = issues.length - errors;
  const apply = async (): Promise<void> => {
    await session.settled();
    const { id } = session.frame;
    const wish = reason.trim() === "" ? {} : { reason: reason.trim() };
    const done = await doAndTell(
      () => client.editor.seal({ id, key: session.key, approve: true, ...wish }),
      () => words.approved,
    );
    if (done === undefined) return;
    onClose();
    // The station has ticked off what was left.
    await session.refresh();
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{words.approveLead}</Text>
      {errors > 0 ? (
        <Text size="sm" c="red" role="alert">
          {words.approveErrors(errors)}
        </Text>
      ) : null}
      {warnings > 0 ? (
        <TextInput
          label={words.approveWarnings(warnings)}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      <Group>
        <Button disabled={errors > 0 || (warnings > 0 && reason.trim() === "")} onClick={() => void apply()}>
          {words.approveNow}
        </Button>
      </Group>
    </Stack>
  );
}

const titles: Readonly<Record<DialogName, string>> = {
  sheet: words.sheet.title,
  speakers: words.speakers.title,
  labels: words.labels.title,
  glossary: words.actions.everywhere,
  note: words.notes.noteTitle,
  chapter: words.notes.chapterTitle,
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
      {shown === "approve" ? <Approve onClose={onClose} /> : null}
    </Modal>
  );
}
