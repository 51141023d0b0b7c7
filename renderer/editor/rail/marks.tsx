/** Agenda items, bookmarks, notes and ticks: to go to, to put right, to take away. */
import { ActionIcon, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { texts } from "../../texts/en.ts";
import { useEditor, useSession } from "../context.ts";
import classes from "../editor.module.css";
import { timeOf } from "../list/row.tsx";

const words = texts.editor.marks;

export function Marks() {
  const session = useSession();
  const marks = useEditor(({ document }) => document.marks);
  const go = (atMs: number): void => {
    session.playback.seek(atMs);
    const cue = session.cueAtPlayhead() ?? session.document.cues[0];
    if (cue !== undefined) session.activate(cue.id);
  };
  return (
    <div className={classes.entries}>
      {marks.length === 0 ? <Text size="sm">{words.none}</Text> : null}
      {marks.map(({ id, kind, atMs, text, rule }) => (
        <Group key={id} gap={4} wrap="nowrap" mb={6} align="flex-end">
          <div style={{ flex: 1, minWidth: 0 }}>
            <UnstyledButton className={classes.small} onClick={() => go(atMs)}>
              {timeOf(atMs)} {words.kinds[kind]} {rule ?? ""}
            </UnstyledButton>
            <TextInput
              size="xs"
              aria-label={`${words.kinds[kind]}, ${timeOf(atMs)}`}
              defaultValue={text}
              onBlur={(event) => {
                const next = event.currentTarget.value.trim();
                if (next !== text) session.edit({ type: "change-mark", mark: id, text: next });
              }}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${words.kinds[kind]}, ${timeOf(atMs)}`}
            onClick={() => session.edit({ type: "remove-mark", mark: id })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}
