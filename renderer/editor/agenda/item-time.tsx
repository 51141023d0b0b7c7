/** When an agenda item begins: as it was found, or as a person types it. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { useEditorSession } from "../context.ts";
import { formatTime } from "../format-time.ts";
import { parsePlace } from "../session/timecode-text.ts";
import classes from "./agenda.module.css";

const t = texts.editor.agenda;
/** Below this, a place that was found should be listened to. */
const doubtfulBelow = 0.7;

interface ItemTimeProps {
  readonly title: string;
  /** Milliseconds; null: it was not found. */
  readonly atMs: number | null;
  /** 0 to 1; null: a person has said it. */
  readonly confidence: number | null;
  readonly onSet: (atMs: number) => void;
}

export function ItemTime({ title, atMs, confidence, onSet }: ItemTimeProps) {
  const { durationMs } = useEditorSession().meeting;
  const [typed, setTyped] = useState<string>();
  const ms = typed === undefined ? undefined : parsePlace(typed);
  const isBad = typed !== undefined && typed.trim() !== "" && (ms === undefined || ms > durationMs);
  const keep = (): void => {
    if (isBad) return;
    if (ms !== undefined) onSet(Math.round(ms));
    setTyped(undefined);
  };
  return (
    <TextInput
      size="xs"
      aria-label={t.itemTime(title)}
      placeholder={t.notFound}
      title={confidence === null || atMs === null ? undefined : t.sure(Math.round(confidence * 100))}
      classNames={{ input: classes.time ?? "" }}
      data-doubtful={(atMs !== null && confidence !== null && confidence < doubtfulBelow) || undefined}
      value={typed ?? (atMs === null ? "" : formatTime(atMs))}
      error={isBad}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        // The form is sent by its button.
        event.preventDefault();
        keep();
      }}
    />
  );
}
