/** The rows between captions: speech that has none, and the beginning of an agenda item. */
import type { Ref } from "react";
import type { Mark } from "../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { ActionButton } from "../../actions/action-button.tsx";
import { texts } from "../../texts/en.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { formatTime } from "../format-time.ts";
import classes from "./list.module.css";
import { cellRole, rowRole } from "./roles.ts";

interface BetweenProps {
  readonly row: number;
  readonly top: number;
  readonly measure: Ref<HTMLDivElement>;
}

const gapActions = ["fill-gap", "hear-again", "no-speech"] as const;

export function GapRow({ row, top, measure, gap }: BetweenProps & { readonly gap: TimeSpan }) {
  const session = useEditorSession();
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
      // A button acts on the gap that it stands in.
      onClickCapture={() => session.goToGap(gap)}
    >
      <span {...cellRole} className={classes.times}>
        {formatTime(gap.startMs)}
      </span>
      <span {...cellRole} className={classes.gapText}>
        {texts.editor.gaps.row((gap.endMs - gap.startMs) / 1000)}
      </span>
      <span {...cellRole} className={classes.gapButtons}>
        {gapActions.map((action) => (
          <ActionButton key={action} action={action} size="compact-xs" variant="default" />
        ))}
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
