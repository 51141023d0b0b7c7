/** One row of the comparison: both sides of a difference, or a caption that is the same on both. */
import { Button, Checkbox } from "@mantine/core";
import type { Ref } from "react";
import { type Cue, cueText } from "../../../electron/captions/cue.ts";
import { texts } from "../../texts/en.ts";
import { formatTime } from "../format-time.ts";
import { cellRole, rowRole } from "../grid-roles.ts";
import classes from "./compare.module.css";
import type { CompareRow, KnownDifference } from "./rows.ts";
import { Words } from "./words.tsx";

const t = texts.editor.compare;

export const compareRowId = (index: number): string => `compared-${index}`;

interface CompareRowProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly row: CompareRow;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly canRevert: boolean;
  /** When it begins, for what is read out. */
  readonly label: string;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onTakeBack: () => void;
  readonly onOpen: () => void;
}

/** Times and speakers of a side: emphasized where they differ. */
function Facts({ cues, kinds }: { readonly cues: readonly Cue[]; readonly kinds: KnownDifference["kinds"] }) {
  const speakers = [...new Set(cues.flatMap(({ speaker }) => speaker ?? []))].join(", ");
  const [first, last] = [cues[0], cues.at(-1)];
  if (first === undefined || last === undefined) return <span className={classes.facts}>{t.nothing}</span>;
  return (
    <span className={classes.facts}>
      <span data-differs={kinds.includes("time") || undefined}>
        {formatTime(first.startMs)}–{formatTime(last.endMs)}
      </span>
      {speakers === "" && !kinds.includes("speaker") ? null : (
        <span data-differs={kinds.includes("speaker") || undefined}>{speakers || texts.editor.speakers.noOne}</span>
      )}
    </span>
  );
}

function DifferenceSide({
  difference,
  side,
}: {
  readonly difference: KnownDifference;
  readonly side: "before" | "after";
}) {
  const { before, after, kinds } = difference;
  return (
    <div {...cellRole} className={classes.side} data-side={side}>
      <Facts cues={difference[side]} kinds={kinds} />
      {kinds.includes("style") && !kinds.includes("text") ? (
        <span className={classes.lines}>{difference[side].map(cueText).join("\n")}</span>
      ) : (
        <span>
          <Words before={before} after={after} side={side} />
        </span>
      )}
    </div>
  );
}

export function CompareRowView(props: CompareRowProps) {
  const { ref, index, top, row, isCurrent, isChosen, canRevert, label, onSelect, onToggle, onTakeBack, onOpen } = props;
  const common = {
    ref,
    "data-index": index,
    ...rowRole(index, isCurrent),
    id: compareRowId(index),
    className: classes.row,
    style: { transform: `translateY(${top}px)` },
  };
  if (row.kind === "same") {
    return (
      <div {...common} data-same>
        <div {...cellRole} />
        <div {...cellRole} className={classes.side}>
          <Facts cues={[row.cue]} kinds={[]} />
          {cueText(row.cue)}
        </div>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role comes with rowRole
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div {...common} onClick={onSelect}>
      <div {...cellRole}>
        <Checkbox size="xs" aria-label={t.choose(label)} checked={isChosen} onChange={onToggle} disabled={!canRevert} />
      </div>
      <DifferenceSide difference={row.difference} side="before" />
      <DifferenceSide difference={row.difference} side="after" />
      <div {...cellRole} className={classes.answers}>
        {canRevert ? (
          <Button size="compact-xs" variant="default" aria-label={`${t.revert}: ${label}`} onClick={onTakeBack}>
            {t.revert}
          </Button>
        ) : null}
        <Button size="compact-xs" variant="subtle" aria-label={`${t.go}: ${label}`} onClick={onOpen}>
          {t.go}
        </Button>
      </div>
    </div>
  );
}
