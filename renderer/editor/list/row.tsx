/** One row of the caption list; it rerenders only when its own caption changes. */
import { VisuallyHidden } from "@mantine/core";
import { memo, type ReactNode } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import { charactersPerSecond } from "../../../electron/captions/quality/rules/timing.ts";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import type { MarkedWord } from "../session/transcript.ts";
import { cellRole, rowRole } from "./roles.ts";
import { TextBox } from "./text-box.tsx";

export const rowHeight = 48;

const pad = (value: number, length = 2): string => String(Math.floor(value)).padStart(length, "0");

/** Formats milliseconds as `1:02:03.4`. */
export function formatTime(ms: number): string {
  const seconds = ms / 1000;
  const rest = `${pad((seconds / 60) % 60)}:${pad(seconds % 60)}.${Math.floor((ms % 1000) / 100)}`;
  return seconds >= 3_600 ? `${Math.floor(seconds / 3_600)}:${rest}` : rest;
}

const strengths = { 1: classes.word1, 2: classes.word2, 3: classes.word3 } as const;

/** The lines with their suspicious words marked. */
function markedText(cue: EditCue, marked: readonly MarkedWord[], currentWord: number | null): ReactNode {
  if (currentWord === null && marked.every(({ suspicion }) => suspicion === undefined)) return cue.lines.join("\n");
  let index = 0;
  return cue.lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity other than their position
    <span key={at}>
      {at > 0 ? "\n" : ""}
      {line.split(/(\s+)/u).map((part, place) => {
        if (part.trim() === "") return part;
        const word = index++;
        const suspicion = marked[word]?.suspicion;
        if (suspicion === undefined && word !== currentWord) return part;
        const strength = suspicion === undefined ? "" : strengths[suspicion.strength];
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={place}
            aria-current={word === currentWord || undefined}
            className={`${strength} ${word === currentWord ? classes.currentWord : ""}`}
            data-strength={suspicion?.strength}
            title={suspicion?.reasons.map((reason) => texts.editor.reasons[reason]).join(", ")}
          >
            {part}
          </span>
        );
      })}
    </span>
  ));
}

interface RowProps {
  readonly index: number;
  readonly top: number;
  readonly worst: "error" | "warning" | undefined;
}

/** Counted by the benchmark: a keystroke must rerender only the row that it changes. */
const draws = { count: 0 };
(globalThis as { editorRowDraws?: typeof draws }).editorRowDraws = draws;

export const Row = memo(function Row({ index, top, worst }: RowProps) {
  draws.count++;
  const session = useEditorSession();
  const cue = useEditor(({ document }) => document.cues[index]);
  const isActive = useEditor(({ document, activeCueId }) => document.cues[index]?.id === activeCueId);
  const isSelected = useEditor(({ document, selectedIds }) => selectedIds.has(document.cues[index]?.id ?? 0));
  const isTyping = useEditor(
    ({ document, activeCueId, mode }) => mode === "type" && document.cues[index]?.id === activeCueId,
  );
  const currentWord = useEditor((state) =>
    state.document.cues[index]?.id === state.activeCueId ? state.wordIndex : null,
  );
  useEditor(({ marksVersion }) => marksVersion);
  if (cue === undefined) return null;
  const { maxCharactersPerSecond } = session.meeting.profile.cues;
  const speed = charactersPerSecond({ cue });
  return (
    <div
      id={`cue-${cue.id}`}
      className={classes.row}
      {...rowRole(index, isActive)}
      data-index={index}
      data-chosen={isSelected || undefined}
      data-reviewed={cue.reviewed || undefined}
      data-worst={worst}
      style={{ top, height: rowHeight }}
    >
      <span {...cellRole} className={classes.number}>
        {index + 1}
        {cue.reviewed ? <VisuallyHidden>{texts.editor.accepted}</VisuallyHidden> : null}
      </span>
      <span {...cellRole} className={classes.times}>{`${formatTime(cue.startMs)}\n${formatTime(cue.endMs)}`}</span>
      <span {...cellRole} className={`${classes.speed} ${speed > maxCharactersPerSecond ? classes.fast : ""}`}>
        {`${((cue.endMs - cue.startMs) / 1000).toFixed(1)} s\n${speed.toFixed(0)} c/s`}
      </span>
      <div
        {...cellRole}
        className={`${classes.text} ${isTyping ? classes.typing : ""}`}
        data-top={cue.edge === "top" || undefined}
      >
        {cue.speaker === undefined ? null : <span className={classes.speaker}>{cue.speaker}</span>}
        {isTyping ? (
          <TextBox key={cue.id} cue={cue} />
        ) : (
          <span style={cue.styles?.[0]?.italic ? { fontStyle: "italic" } : undefined}>
            {markedText(cue, session.transcript.marked(cue), currentWord)}
          </span>
        )}
      </div>
    </div>
  );
});
