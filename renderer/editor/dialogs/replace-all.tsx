/**
 * Dialog that replaces the selected word everywhere; optionally adds the replacement to the city's names, so that it is
 * recognized correctly in the future.
 */
import { Button, Checkbox, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { findAll, replacement } from "../../../electron/captions/editing/find.ts";
import { trimPunctuation } from "../../../electron/captions/segmentation/sentence-end.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { notifyDone, runAndNotify } from "../../ui/notify.ts";
import { useEditor, useEditorSession } from "../context.ts";

const t = texts.editor;

export function ReplaceAllDialog({ onClose }: { readonly onClose: () => void }) {
  const session = useEditorSession();
  const cue = session.activeCue;
  const marked = cue === undefined ? undefined : session.transcript.marked(cue)[session.state.wordIndex ?? 0];
  const plain = trimPunctuation(marked?.text ?? "");
  const [text, setText] = useState(plain);
  const [term, setTerm] = useState(marked?.nearName?.term ?? plain);
  const { glossaryName: city } = session.meeting;
  const [inFuture, setInFuture] = useState(city !== null);
  const cues = useEditor(({ document }) => document.cues);
  const sought = { text, wholeWords: true };
  const hits = findAll(cues, sought);
  const apply = (): void => {
    if (hits.length > 0) {
      const command = replacement(cues, hits, sought, { with: term, preserveCase: true }, session.meeting.profile.cues);
      if (command.cues.length > 0 && session.edit(command)) notifyDone(t.glossary.done(command.cues.length));
    }
    // Close before the station answers: the next key press belongs to the captions.
    onClose();
    if (inFuture && city !== null) void runAndNotify(() => client.glossary.add({ city, term }));
  };
  return (
    <FormStack onSubmit={apply}>
      <TextInput label={t.glossary.heard} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      <TextInput
        label={t.glossary.term}
        value={term}
        onChange={(event) => setTerm(event.currentTarget.value)}
        data-autofocus
      />
      {city === null ? null : (
        <Checkbox
          label={t.glossary.future(city)}
          checked={inFuture}
          onChange={(event) => setInFuture(event.currentTarget.checked)}
        />
      )}
      <Group justify="space-between">
        <Text size="sm">{t.glossary.places(hits.length)}</Text>
        <Button disabled={term.trim() === "" || (hits.length === 0 && !inFuture)} type="submit">
          {t.glossary.everywhere}
        </Button>
      </Group>
    </FormStack>
  );
}
