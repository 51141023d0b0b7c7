/** The rows between captions: speech that has none, and the beginning of an agenda item. */
import type { Ref } from "react";
import type { Mark } from "../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import { useEditor } from "../context.ts";
import { formatTime } from "../format-time.ts";
import { GapButtons } from "../gap-buttons.tsx";
import { cellRole, rowRole } from "../grid-roles.ts";
import classes from "./list.module.css";

interface BetweenProps {
  readonly row: number;
  readonly top: number;
  readonly measure: Ref<HTMLDivElement>;
}

export function GapRow({ row, top, measure, gap }: BetweenProps & { readonly gap: TimeSpan }) {
  const isActive = useEditor(
    ({ activeGap }) => activeGap !== null && activeGap.startMs < gap.endMs && activeGap.endMs > gap.startMs,
  );
  return (
    <div
      ref={measure}
      className={classes.gap}
      {...rowRole(row, isActive)}
      data-row={row}
      data-gap={gap.startMs}
      style={{ top }}
    >
      <span {...cellRole} className={classes.times}>
        {formatTime(gap.startMs)}
      </span>
      <span {...cellRole} className={classes.gapText}>
        {texts.editor.gaps.row((gap.endMs - gap.startMs) / 1000)}
      </span>
      <span {...cellRole}>
        <GapButtons gap={gap} />
      </span>
    </div>
  );
}

export function ChapterRow({ row, top, measure, mark }: BetweenProps & { readonly mark: Mark }) {
  return (
    <div ref={measure} className={classes.chapter} {...rowRole(row, false)} data-row={row} style={{ top }}>
      <span {...cellRole} className={classes.chapterTime}>
        {formatTime(mark.atMs)}
      </span>
      <strong {...cellRole}>{mark.text}</strong>
    </div>
  );
}
