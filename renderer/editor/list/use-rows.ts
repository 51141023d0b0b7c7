/** The rows of the list, virtualized: their keys, their heights, and where the list is scrolled to. */
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { EditCue } from "../../../electron/captions/editing/document.ts";
import type { TimeSpan } from "../../../electron/captions/time/span.ts";
import { listGaps } from "../actions/gap-commands.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { keepsFields } from "../session/kept-captions.ts";
import { ListLayout } from "./layout.ts";
import { chapterPixels, estimateCuePixels, gapPixels, isNamed } from "./row-height.ts";

function estimatePixels(layout: ListLayout, cues: readonly EditCue[], row: number): number {
  const at = layout.at(row);
  if (at.kind !== "cue") return at.kind === "gap" ? gapPixels : chapterPixels;
  const cue = cues[at.index];
  return cue === undefined ? 0 : estimateCuePixels(cue, isNamed(cue, cues[at.index - 1]));
}

/** Counts the changes after which another caption stands in a row, or in another place; typing is none. */
function useStructure(): number {
  const session = useEditorSession();
  const [structure, setStructure] = useState(0);
  useEffect(
    () =>
      session.onChange((change) => {
        // A document that was replaced comes without its changes.
        const isReplaced = change.cues.length === 0;
        if (isReplaced || !keepsFields(change, ["id", "startMs"])) setStructure((count) => count + 1);
      }),
    [session],
  );
  return structure;
}

export interface ListRows {
  readonly layout: ListLayout;
  readonly rows: Virtualizer<HTMLDivElement, Element>;
  /** Shows a caption with what follows it: in the upper third, unless it is there already. */
  readonly showCue: (index: number) => void;
  /** Shows speech without captions in the same way. */
  readonly showGap: (gap: TimeSpan) => void;
}

/** The active row lies in this part of the list from its top: what follows is in sight. */
const activePart = 1 / 3;
/** A row that has to be scrolled to comes to this part of the list from its top. */
const targetPart = 0.2;

/** @param activeIndex the caption that stays mounted however far the list is scrolled, so that its caret survives */
export function useRows(scroller: RefObject<HTMLDivElement | null>, activeIndex: number): ListRows {
  const session = useEditorSession();
  const marks = useEditor(({ document }) => document.marks);
  const issues = useEditor((state) => state.issues);
  const structure = useStructure();
  // biome-ignore lint/correctness/useExhaustiveDependencies: where captions begin is what the structure counts
  const layout = useMemo(
    () =>
      new ListLayout(
        session.document.cues,
        listGaps(issues),
        marks.filter(({ kind }) => kind === "chapter"),
      ),
    [session, structure, issues, marks],
  );
  // Read when the rows are numbered anew, which is not at every key.
  const now = useRef(layout);
  now.current = layout;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys are others when the structure is another one
  const getItemKey = useCallback(
    (row: number): string | number => {
      const at = now.current.at(row);
      return at.kind === "cue" ? (session.document.cues[at.index]?.id ?? -1) : at.key;
    },
    [session, structure, layout.count],
  );
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => estimatePixels(now.current, session.document.cues, row),
    getItemKey,
    indexAttribute: "data-row",
    overscan: 8,
    initialOffset: () => {
      let pixels = 0;
      const last = layout.rowOfCue(session.firstRow);
      for (let row = 0; row < last; row++) pixels += estimatePixels(layout, session.document.cues, row);
      return pixels;
    },
    rangeExtractor: (range) => {
      const seen = defaultRangeExtractor(range);
      const active = activeIndex < 0 ? -1 : layout.rowOfCue(activeIndex);
      return active < 0 || seen.includes(active) ? seen : [...seen, active].toSorted((a, b) => a - b);
    },
  });
  if (rows.range !== null) session.firstRow = layout.cueAfter(rows.range.startIndex);
  const show = useCallback(
    (row: number | undefined): void => {
      const box = scroller.current;
      const place = row === undefined ? undefined : rows.measurementsCache[row];
      if (box === null || place === undefined) return;
      const from = box.scrollTop;
      const isInPart = place.start >= from && place.start <= from + box.clientHeight * activePart;
      const fits = place.end <= from + box.clientHeight;
      if (!isInPart || !fits) rows.scrollToOffset(Math.max(0, place.start - box.clientHeight * targetPart));
    },
    [rows, scroller],
  );
  const showCue = useCallback((index: number) => show(now.current.rowOfCue(index)), [show]);
  const showGap = useCallback((gap: TimeSpan) => show(now.current.rowOfGap(gap)), [show]);
  return { layout, rows, showCue, showGap };
}
