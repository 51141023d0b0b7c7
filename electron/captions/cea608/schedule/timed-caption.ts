/** A caption with its times in frames, as the schedulers that plan ahead take it. */
import { type Alignment, type Cue, type Position, toCueRows } from "../../cue.ts";
import { msToFrame } from "../../time/frame-rate.ts";
import type { RowSource } from "./join-rows.ts";
import type { ScheduleOptions } from "./types.ts";

export interface TimedCaption extends RowSource {
  /** Index in the input list. */
  readonly index: number;
  readonly inFrame: number;
  readonly outFrame: number;
  readonly edge: Position;
  readonly align: Alignment;
}

/** The cues that hold text, in order. */
export function toTimedCaptions(cues: readonly Cue[], options: ScheduleOptions): readonly TimedCaption[] {
  const { rate, startFrame, align } = options;
  return cues.flatMap((cue, index) => {
    const rows = toCueRows(cue);
    if (rows.length === 0) return [];
    const caption = {
      index,
      rows,
      speaker: cue.speaker,
      inFrame: startFrame + msToFrame(cue.startMs, rate),
      outFrame: startFrame + msToFrame(cue.endMs, rate),
      edge: cue.edge ?? "bottom",
      align: cue.align ?? align,
    };
    return [caption];
  });
}

/** The latest out-time of captions. */
export function lastOutFrame(captions: readonly TimedCaption[]): number {
  return captions.reduce((latest, { outFrame }) => Math.max(latest, outFrame), 0);
}
