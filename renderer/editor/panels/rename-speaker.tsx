/** Gives a speaker another name, everywhere or from the active caption on; the name of another person makes them one. */
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { renameSpeaker } from "../actions/speaker-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { indexOfCue } from "../session/state.ts";

const t = texts.editor.speakers;

interface RenameSpeakerProps {
  readonly name: string;
  readonly onDone: () => void;
}

export function RenameSpeaker({ name, onDone }: RenameSpeakerProps) {
  const session = useEditorSession();
  const speakers = useEditor((state) => state.speakers);
  const cues = useEditor(({ document }) => document.cues);
  // Where the list was when the person began: playing takes it along.
  const [from] = useState(session.state.activeCueId);
  const fromIndex = useEditor((state) => indexOfCue(state, from));
  const [typed, setTyped] = useState(name);
  const next = typed.trim();
  const isChanged = next !== "" && next !== name;
  const hasName = ({ speaker }: { readonly speaker?: string }): boolean => speaker === name;
  const after = cues.slice(Math.max(0, fromIndex)).filter(hasName).length;
  const rename = (first: number | null): void => {
    if (isChanged && renameSpeaker(session, name, next, first)) onDone();
  };
  return (
    <form
      className={classes.renameSpeaker}
      onSubmit={(event) => {
        event.preventDefault();
        rename(null);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // The dialog around it stays.
        event.stopPropagation();
        onDone();
      }}
    >
      <TextInput
        size="xs"
        label={t.newName}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
      />
      {isChanged && speakers.includes(next) ? <Text size="xs">{t.becomesOne(next)}</Text> : null}
      <Group gap="xs" mt={6}>
        <Button type="submit" size="compact-xs" disabled={!isChanged}>
          {t.everywhere(cues.filter(hasName).length)}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={!isChanged || after === 0 || fromIndex === -1}
          onClick={() => rename(from)}
        >
          {t.fromHere(after)}
        </Button>
      </Group>
    </form>
  );
}
