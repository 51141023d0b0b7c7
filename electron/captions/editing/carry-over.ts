/**
 * What people have made of the captions of earlier recordings, carried over to a recording that holds their sound: parts that
 * were joined, a better copy, a copy that is whole now.
 */
import type { CarriedSpan } from "../recognition/agreeing-spans.ts";
import { during, type TimeSpan } from "../time/span.ts";
import type { CaptionDocument, EditCue, Mark } from "./document.ts";

/** The captions of one earlier recording, and where its sound is in the later one. */
export interface CarriedWork {
  readonly document: CaptionDocument;
  readonly spans: readonly CarriedSpan[];
}

export interface CarryOver {
  readonly document: CaptionDocument;
  /** Captions of people whose sound is not in the later recording. */
  readonly left: readonly EditCue[];
}

const middle = ({ startMs, endMs }: TimeSpan): number => (startMs + endMs) / 2;

/** The span of the earlier recording in which a time lies. */
const findSpan = (spans: readonly CarriedSpan[], atMs: number): CarriedSpan | undefined =>
  spans.find(({ startMs, endMs }) => atMs >= startMs && atMs < endMs);

/** The span whose clock is right for a time between spans. */
const nearestSpan = (spans: readonly CarriedSpan[], atMs: number): CarriedSpan | undefined =>
  spans.toSorted((a, b) => distance(a, atMs) - distance(b, atMs))[0];

const distance = ({ startMs, endMs }: TimeSpan, atMs: number): number => Math.max(startMs - atMs, atMs - endMs, 0);

/** Every start is later than the one before, and a caption ends before the next one begins. */
function inDocumentOrder(cues: readonly EditCue[]): readonly EditCue[] {
  let latest = -1;
  const started = cues.map((cue) => {
    const startMs = Math.max(cue.startMs, latest + 1);
    latest = startMs;
    return { ...cue, startMs, endMs: Math.max(cue.endMs, startMs + 1) };
  });
  return started.map((cue, index) => ({
    ...cue,
    endMs: Math.min(cue.endMs, started[index + 1]?.startMs ?? cue.endMs),
  }));
}

/**
 * The captions of people at their places in the later recording, with the machine's captions where there is no sound of an
 * earlier one. Of two that would be shown at the same time, a person's stays.
 * @param machine captions of the later recording as they were recognized
 */
export function carryOver(works: readonly CarriedWork[], machine: readonly TimeSpan[]): CarryOver {
  const left: EditCue[] = [];
  const carried: { readonly cue: EditCue; readonly from: string }[] = [];
  works.forEach(({ document, spans }, number) => {
    for (const cue of document.cues) {
      const span = findSpan(spans, middle(cue));
      if (span === undefined) {
        left.push(cue);
        continue;
      }
      const startMs = Math.max(0, cue.startMs + span.shiftMs);
      const moved = { ...cue, startMs, endMs: Math.max(startMs + 1, cue.endMs + span.shiftMs) };
      carried.push({ cue: moved, from: `${number} ${cue.id}` });
    }
  });
  const covered = works.flatMap(({ spans }) =>
    spans.map((span) => ({ startMs: span.startMs + span.shiftMs, endMs: span.endMs + span.shiftMs })),
  );
  const people = carried.map(({ cue }) => cue).toSorted((a, b) => a.startMs - b.startMs);
  const filled = (machine as readonly EditCue[]).filter((cue) => {
    const at = middle(cue);
    const isCovered = covered.some(({ startMs, endMs }) => at >= startMs && at < endMs);
    return !isCovered && during(people, cue).length === 0;
  });
  const all = [...carried, ...filled.map((cue) => ({ cue, from: "" }))].toSorted(
    (a, b) => a.cue.startMs - b.cue.startMs,
  );
  const ids = new Map(all.map(({ from }, index) => [from, index + 1]));
  const cues = inDocumentOrder(all.map(({ cue }, index) => ({ ...cue, id: index + 1 })));
  const marks = works
    .flatMap(({ document, spans }, number) =>
      document.marks.flatMap((mark) => moveMark(mark, spans, (cue) => ids.get(`${number} ${cue}`))),
    )
    .toSorted((a, b) => a.atMs - b.atMs);
  return {
    document: {
      cues,
      marks: marks.map((mark, index) => ({ ...mark, id: all.length + index + 1 })),
      nextId: all.length + marks.length + 1,
    },
    left,
  };
}

/** A mark at its place; none where its caption is not there, nor an answer to sound that is not there. */
function moveMark(
  mark: Mark,
  spans: readonly CarriedSpan[],
  toId: (cue: number) => number | undefined,
): readonly Mark[] {
  const near = mark.kind === "no-speech" || mark.cue !== undefined ? undefined : nearestSpan(spans, mark.atMs);
  const span = findSpan(spans, mark.atMs) ?? near;
  if (span === undefined) return [];
  const cue = mark.cue === undefined ? undefined : toId(mark.cue);
  if (mark.cue !== undefined && cue === undefined) return [];
  const moved = { ...mark, atMs: Math.max(0, mark.atMs + span.shiftMs) };
  const end = mark.untilMs === undefined ? {} : { untilMs: Math.max(0, mark.untilMs + span.shiftMs) };
  return [{ ...moved, ...end, ...(cue === undefined ? {} : { cue }) }];
}
