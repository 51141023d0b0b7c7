/** Rows of the comparison: both sides of a difference, and captions that are the same on both. */
import { Button, Checkbox } from "@mantine/core";
import type { Ref } from "react";
import { type Cue, cueText } from "../../../electron/captions/cue.ts";
import { texts } from "../../texts/en.ts";
import { formatTime } from "../format-time.ts";
import { cellRole, rowRole } from "../grid-roles.ts";
import classes from "./compare.module.css";
import type { KnownDifference } from "./rows.ts";
import { Words } from "./words.tsx";

const t = texts.editor.compare;

export const compareRowId = (index: number): string => `compared-${index}`;

interface RowPlace {
  readonly ref: Ref<HTMLDivElement>;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
}

const rowProps = ({ ref, index, top }: RowPlace, isCurrent: boolean) => ({
  ref,
  "data-index": index,
  ...rowRole(index, isCurrent),
  id: compareRowId(index),
  className: classes.row,
  style: { transform: `translateY(${top}px)` },
});

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

export function SameRow({ cue, ...place }: RowPlace & { readonly cue: Cue }) {
  return (
    <div {...rowProps(place, false)} data-same>
      <div {...cellRole} />
      <div {...cellRole} className={classes.side}>
        <Facts cues={[cue]} kinds={[]} />
        {cueText(cue)}
      </div>
    </div>
  );
}

interface DifferenceRowProps extends RowPlace {
  readonly difference: KnownDifference;
  readonly isCurrent: boolean;
  readonly isChosen: boolean;
  readonly canRevert: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly onTakeBack: () => void;
  readonly onOpen: () => void;
}

export function DifferenceRow(props: DifferenceRowProps) {
  const { difference, isCurrent, isChosen, canRevert, onSelect, onToggle, onTakeBack, onOpen } = props;
  const time = formatTime(difference.startMs);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role comes with rowRole
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it has the keys
    <div {...rowProps(props, isCurrent)} onClick={onSelect}>
      <div {...cellRole}>
        <Checkbox size="xs" aria-label={t.choose(time)} checked={isChosen} onChange={onToggle} disabled={!canRevert} />
      </div>
      <DifferenceSide difference={difference} side="before" />
      <DifferenceSide difference={difference} side="after" />
      <div {...cellRole} className={classes.answers}>
        {canRevert ? (
          <Button size="compact-xs" variant="default" aria-label={`${t.revert}: ${time}`} onClick={onTakeBack}>
            {t.revert}
          </Button>
        ) : null}
        <Button size="compact-xs" variant="subtle" aria-label={`${t.go}: ${time}`} onClick={onOpen}>
          {t.go}
        </Button>
      </div>
    </div>
  );
}
