/**
 * Schedules pop-on captions. A caption is loaded into the non-displayed memory and appears, whole, at the frame of the
 * first copy of its EOC; the non-displayed memory is free only after the EOC pair of the previous caption
 * (../README.md, "Line 21 timing").
 *
 * When time is short, these repairs are tried in this order: the erase of the previous caption is spliced into the
 * load; it is omitted, so that the flip replaces the old caption; dispensable codes are omitted (clearing an empty
 * memory, exact centering); the caption is merged with the previous one; it is late. Text is never lost, loads never
 * overlap, and a delay is recovered in the next pause because every caption is scheduled for its own time again.
 */
import { type Alignment, type Cue, type CueRow, type Position, toCueRows } from "../../cue.ts";
import { msToFrame } from "../../time/frame-rate.ts";
import { control } from "../codes.ts";
import { doubled, type Load, loadPopOn } from "../load.ts";
import { FrameTimeline } from "./frame-timeline.ts";
import { minBlankFrames, minVisibleFrames, pairFrames } from "./limits.ts";
import type { Repair, Schedule, ScheduledCaption, ScheduleOptions } from "./types.ts";

/** Merged text may appear at most this early: one and a half seconds, as the BBC allows. */
const maxEarlyFrames = 45;

/** A caption to be placed. */
interface Pending {
  readonly indexes: readonly number[];
  readonly rows: readonly CueRow[];
  readonly inFrame: number;
  readonly outFrame: number;
  readonly edge: Position;
  readonly align: Alignment;
}

/** The decoder's state after the words sent so far. */
interface State {
  /** First free frame. */
  readonly free: number;
  /** Frame at which the displayed caption is to be erased; undefined when the screen is empty. */
  readonly erase: number | undefined;
  /** True when the hidden memory is known to be empty. */
  readonly isHiddenEmpty: boolean;
}

interface Placed {
  readonly caption: Pending;
  readonly before: State;
  readonly after: State;
  readonly load: Load;
  readonly start: number;
  /** Frame of the first EOC copy. */
  readonly show: number;
  /** The erase to send before or inside the load. */
  readonly erase: number | undefined;
  readonly repairs: readonly Repair[];
}

function toPending(cue: Cue, index: number, options: ScheduleOptions): Pending {
  const { rate, startFrame } = options;
  return {
    indexes: [index],
    rows: toCueRows(cue),
    inFrame: startFrame + msToFrame(cue.startMs, rate),
    outFrame: startFrame + msToFrame(cue.endMs, rate),
    edge: cue.edge ?? "bottom",
    align: cue.align ?? options.align,
  };
}

/** Places a caption without changing the previous one; adds one repair after the other until it is on time. */
function place(caption: Pending, before: State): Placed {
  const { rows, edge, align, inFrame } = caption;
  const isBlank = before.erase !== undefined && inFrame - before.erase >= minBlankFrames + pairFrames;
  const possible: readonly Repair[] = [
    ...(isBlank ? (["erase-left-out"] as const) : []),
    ...(before.isHiddenEmpty ? (["clear-left-out"] as const) : []),
    "moved-left",
  ];
  const placeAfter = (repairs: readonly Repair[]): Placed => {
    const clear = !repairs.includes("clear-left-out");
    const load = loadPopOn(rows, { edge, align, tabOffsets: !repairs.includes("moved-left"), clear });
    const erase = isBlank && !repairs.includes("erase-left-out") ? before.erase : undefined;
    return placeLoad(caption, before, load, erase, repairs);
  };
  let best = placeAfter([]);
  for (let count = 1; count <= possible.length && best.show > inFrame; count++) {
    const placed = placeAfter(possible.slice(0, count));
    if (placed.show < best.show) best = placed;
  }
  return best.show > inFrame ? { ...best, repairs: [...best.repairs, "delayed"] } : best;
}

/** Places a load so that it ends right before the in-time, or as early as possible after it. */
function placeLoad(
  caption: Pending,
  before: State,
  load: Load,
  erase: number | undefined,
  repairs: readonly Repair[],
): Placed {
  const { inFrame, outFrame } = caption;
  const { free } = before;
  const eraseAt = erase === undefined ? undefined : Math.max(erase, free);
  // An erase that ends before the load begins is sent separately; otherwise it is spliced into the load.
  const isApart = eraseAt === undefined || eraseAt + pairFrames <= inFrame - load.frames;
  const needed = load.frames + (isApart ? 0 : pairFrames);
  const earliest = isApart && eraseAt !== undefined ? eraseAt + pairFrames : free;
  const start = Math.max(earliest, inFrame - needed);
  const show = Math.max(inFrame, start + needed);
  return {
    caption,
    before,
    load,
    start,
    show,
    erase: eraseAt,
    repairs,
    after: {
      free: show + pairFrames,
      erase: Math.max(outFrame, show + minVisibleFrames),
      // The flip moves the previous screen to the non-displayed memory: nothing, if it was erased or always empty.
      isHiddenEmpty: eraseAt !== undefined,
    },
  };
}

/** Merges two captions into one that appears at the in-time of the first; undefined where that is not possible. */
function merged(first: Pending, second: Pending, maxRows: number): Pending | undefined {
  const rows = [...first.rows, ...second.rows];
  if (rows.length > maxRows || first.edge !== second.edge || first.align !== second.align) return undefined;
  if (second.inFrame - first.inFrame > maxEarlyFrames) return undefined;
  return {
    ...first,
    indexes: [...first.indexes, ...second.indexes],
    rows,
    outFrame: Math.max(first.outFrame, second.outFrame),
  };
}

/** The previous caption and this one placed as one, if that shows the text earlier than one after the other. */
function placeMerged(previous: Placed, alone: Placed, maxRows: number): Placed | undefined {
  const together = merged(previous.caption, alone.caption, maxRows);
  if (together === undefined) return undefined;
  const placed = place(together, previous.before);
  const lateAlone = alone.show - alone.caption.inFrame;
  const lateTogether = Math.max(placed.show - previous.caption.inFrame, placed.show - alone.caption.inFrame);
  if (lateTogether >= lateAlone) return undefined;
  return { ...placed, repairs: [...placed.repairs, "merged"] };
}

function placeAll(captions: readonly Pending[], maxMergedRows: number): readonly Placed[] {
  const placed: Placed[] = [];
  // The contents of a decoder's memories before the first caption are unknown.
  let state: State = { free: 0, erase: undefined, isHiddenEmpty: false };
  for (const caption of captions) {
    const alone = place(caption, state);
    const previous = placed.at(-1);
    const together =
      previous !== undefined && alone.show > caption.inFrame ? placeMerged(previous, alone, maxMergedRows) : undefined;
    if (together !== undefined) placed.pop();
    const chosen = together ?? alone;
    placed.push(chosen);
    state = chosen.after;
  }
  return placed;
}

function send(tape: FrameTimeline, { load, start, show, erase }: Placed): void {
  let pending = erase;
  tape.cut();
  if (pending !== undefined && pending + pairFrames <= start) {
    tape.put(pending, doubled(control.eraseDisplayedMemory));
    tape.cut();
    pending = undefined;
  }
  let frame = start;
  const spliceErase = (): void => {
    tape.put(frame, doubled(control.eraseDisplayedMemory));
    frame += pairFrames;
    pending = undefined;
  };
  for (const unit of load.units) {
    // Splice between units, at the frame nearest to the erase's own: never between the two copies of a code.
    if (pending !== undefined && frame + unit.length / 2 >= pending) spliceErase();
    tape.put(frame, unit);
    frame += unit.length;
  }
  if (pending !== undefined) spliceErase();
  tape.put(show, doubled(control.endOfCaption));
}

/** Schedules pop-on captions. */
export function schedulePopOn(cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const pending = cues.map((cue, index) => toPending(cue, index, options)).filter(({ rows }) => rows.length > 0);
  const placed = placeAll(pending, options.maxMergedRows);
  const tape = new FrameTimeline();
  const captions: ScheduledCaption[] = [];
  placed.forEach((one, index) => {
    send(tape, one);
    const next = placed[index + 1];
    captions.push({
      indexes: one.caption.indexes,
      showFrame: one.show,
      lateFrames: one.show - one.caption.inFrame,
      eraseFrame: next === undefined ? (one.after.erase ?? one.show) : (next.erase ?? next.show),
      repairs: one.repairs,
      lost: one.load.lost,
    });
  });
  const last = captions.at(-1);
  if (last !== undefined) {
    tape.cut();
    tape.put(Math.max(last.eraseFrame, tape.next), doubled(control.eraseDisplayedMemory));
  }
  return { transmissions: tape.transmissions, captions };
}
