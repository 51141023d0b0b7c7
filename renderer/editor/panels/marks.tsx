/** The list of agenda items, bookmarks, notes and acknowledgments: go to, edit, or remove them. */
import { ActionIcon, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { texts } from "../../texts/en.ts";
import { ImportAgenda } from "../agenda/import-agenda.tsx";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";

const t = texts.editor.marks;

interface MarkTextProps {
  readonly label: string;
  readonly text: string;
  /** @returns Whether it was saved */
  readonly onSave: (text: string) => boolean;
}

/** Saves when the field loses the focus or is unmounted, whichever way the person leaves it. */
function MarkText({ label, text, onSave }: MarkTextProps) {
  const [value, setValue] = useState(text);
  const latest = useRef({ value, text, onSave });
  latest.current = { value, text, onSave };
  const save = useCallback((): void => {
    const { value: now, text: before, onSave: saveText } = latest.current;
    if (now.trim() !== before && !saveText(now.trim())) setValue(before);
  }, []);
  useEffect(() => save, [save]);
  return (
    <TextInput
      size="xs"
      aria-label={label}
      value={value}
      onChange={(event) => setValue(event.currentTarget.value)}
      onBlur={save}
    />
  );
}

export function Marks() {
  const session = useEditorSession();
  const marks = useEditor(({ document }) => document.marks);
  const go = (atMs: number): void => {
    session.playback.seek(atMs);
    const cue = session.cueAtPlayhead() ?? session.document.cues[0];
    if (cue !== undefined) session.activate(cue.id);
  };
  return (
    <div className={classes.entries}>
      <ImportAgenda />
      {marks.length === 0 ? <Text size="sm">{t.none}</Text> : null}
      {marks.map(({ id, kind, atMs, text, rule, untilMs, by, date }) => (
        <Group key={id} gap={4} wrap="nowrap" mb={6} align="flex-end">
          <div style={{ flex: 1, minWidth: 0 }}>
            <UnstyledButton className={classes.small} onClick={() => go(atMs)}>
              {formatTime(atMs)} {t.kinds[kind]} {rule ?? ""}
              {untilMs === undefined ? "" : t.until(formatTime(untilMs))}
              {by === undefined || date === undefined ? "" : `, ${t.saidBy(by, new Date(date).toLocaleString("en"))}`}
            </UnstyledButton>
            <MarkText
              key={text}
              label={`${t.kinds[kind]}, ${formatTime(atMs)}`}
              text={text}
              onSave={(next) => session.edit({ type: "change-mark", mark: id, text: next })}
            />
          </div>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`${t.remove}: ${t.kinds[kind]}, ${formatTime(atMs)}`}
            onClick={() => session.edit({ type: "remove-mark", mark: id })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
    </div>
  );
}
