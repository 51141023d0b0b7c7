/**
 * Schedules pop-on captions. A caption is loaded into the non-displayed memory and appears, whole, at the frame of the
 * first copy of its EOC; the non-displayed memory is free only after the EOC pair of the previous caption
 * (../README.md, "Line 21 timing").
 *
 * When time is short, codes are given up (pop-on-placement.ts), captions are shown a little early, or together with
 * those beside them, or late: what is best for the whole of a crowded stretch (pop-on-plan.ts). Text is never lost,
 * loads never overlap, and a delay is recovered in the next pause because every caption has its own time.
 */
import type { Cue } from "../../cue.ts";
import { control } from "../codes.ts";
import { doubled, type Load, loadPopOn } from "../load.ts";
import { FrameTimeline } from "./frame-timeline.ts";
import { pairFrames } from "./limits.ts";
import { initialState, LoadFrames, type Placement, placeScreen, stateAfter } from "./pop-on-placement.ts";
import { type PlannedScreen, planScreens } from "./pop-on-plan.ts";
import type { Screen } from "./pop-on-screen.ts";
import { type TimedCaption, toTimedCaptions } from "./timed-caption.ts";
import type { Repair, Schedule, ScheduledCaption, ScheduleOptions } from "./types.ts";

/** A screen with its words and their frames. */
interface Placed {
  readonly screen: Screen;
  readonly load: Load;
  readonly placement: Placement;
  /** Frame at which it is to be erased, unless the next one replaces it before. */
  readonly erase: number;
}

function placeAll(plan: readonly PlannedScreen[]): readonly Placed[] {
  let state = initialState;
  return plan.map(({ screen, due }) => {
    const { edge, align } = screen.captions[0] as TimedCaption;
    const toLoad = (tabOffsets: boolean, clear: boolean): Load =>
      loadPopOn(screen.rows, { edge, align, tabOffsets, clear });
    const full = screen.content ?? toLoad(true, true);
    const frames = new LoadFrames(full.frames, () => toLoad(false, true).frames);
    const placement = placeScreen(state, frames, due);
    state = stateAfter(placement, screen.inFrame, screen.outFrame);
    const { hasTabs, hasClear } = placement.variant;
    const load = hasTabs && hasClear ? full : toLoad(hasTabs, hasClear);
    return { screen, load, placement, erase: state.erase ?? placement.show };
  });
}

function send(tape: FrameTimeline, { load, placement }: Placed): void {
  const { start, show } = placement;
  let pending = placement.erase;
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

function toScheduled({ screen, load, placement }: Placed, eraseFrame: number): ScheduledCaption {
  const { show, variant } = placement;
  const lateFrames = Math.max(0, show - screen.inFrame);
  const earlyFrames = Math.max(0, screen.lastInFrame - show);
  const isJoined = screen.captions.length > 1;
  const repairs: readonly Repair[] = [
    ...variant.repairs,
    ...(earlyFrames > 0 && !isJoined ? (["early"] as const) : []),
    ...(isJoined ? ([screen.isReflowed ? "joined" : "merged"] as const) : []),
    ...(lateFrames > 0 ? (["delayed"] as const) : []),
  ];
  const indexes = screen.captions.map(({ index }) => index);
  return {
    indexes,
    showFrames: indexes.map(() => show),
    lateFrames,
    earlyFrames,
    eraseFrame,
    repairs,
    lost: load.lost,
  };
}

/** Schedules pop-on captions. */
export function schedulePopOn(cues: readonly Cue[], options: ScheduleOptions): Schedule {
  const captions = toTimedCaptions(cues, options);
  const placed = placeAll(planScreens(captions, { maxRows: options.maxMergedRows, maxColumns: options.maxColumns }));
  const tape = new FrameTimeline();
  const scheduled = placed.map((one, index) => {
    send(tape, one);
    const next = placed[index + 1]?.placement;
    return toScheduled(one, next === undefined ? one.erase : (next.erase ?? next.show));
  });
  const last = scheduled.at(-1);
  if (last !== undefined) {
    tape.cut();
    tape.put(Math.max(last.eraseFrame, tape.next), doubled(control.eraseDisplayedMemory));
  }
  return { transmissions: tape.transmissions, captions: scheduled };
}
