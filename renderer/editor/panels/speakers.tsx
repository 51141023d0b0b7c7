/** The speaker names used in this meeting, and how often each is used. */
import { Button, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useMemo, useState } from "react";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";

const t = texts.editor.speakers;

/** Speaker names with their number of captions, the most frequent first. */
export function useSpeakers(): readonly (readonly [name: string, count: number])[] {
  const cues = useEditor(({ document }) => document.cues);
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { speaker } of cues) if (speaker !== undefined) counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
    return [...counts].toSorted((a, b) => b[1] - a[1]);
  }, [cues]);
}

export function Speakers({ onDone }: { readonly onDone?: () => void }) {
  const session = useEditorSession();
  const speakers = useSpeakers();
  const [name, setName] = useState("");
  const set = (speaker: string | null): void => {
    session.edit({ type: "speaker", cues: [...session.targetCues()], speaker });
    onDone?.();
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== "") set(name.trim());
          setName("");
        }}
      >
        <Group gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            size="xs"
            label={t.name}
            style={{ flex: 1 }}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button size="xs" type="submit">
            {t.set}
          </Button>
        </Group>
      </form>
      <div className={classes.entries}>
        {speakers.length === 0 ? <Text size="sm">{t.none}</Text> : null}
        {speakers.map(([speaker, count]) => (
          <UnstyledButton key={speaker} className={classes.entry} onClick={() => set(speaker)}>
            {speaker} <span className={classes.small}>{t.lines(count)}</span>
          </UnstyledButton>
        ))}
        <UnstyledButton className={classes.entry} onClick={() => set(null)}>
          {t.noOne}
        </UnstyledButton>
      </div>
    </>
  );
}
