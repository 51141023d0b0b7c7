/** How late and how early each caption of a list is shown. */
import type { Schedule } from "../../../electron/captions/cea608/schedule/types.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { msToFrame } from "../../../electron/captions/time/frame-rate.ts";

export interface Lateness {
  readonly cues: number;
  /** What is shown at once: fewer than `cues` where some are joined. */
  readonly captions: number;
  readonly late: number;
  readonly worstLate: number;
  readonly worstEarly: number;
}

/** Measures a schedule that begins at frame 0; in frames. */
export function measureLateness(cues: readonly Cue[], { captions }: Schedule): Lateness {
  const offsets = captions.flatMap(({ indexes, showFrames }) =>
    indexes.map((index, position) => (showFrames[position] ?? 0) - msToFrame(cues[index]?.startMs ?? 0)),
  );
  return {
    cues: cues.length,
    captions: captions.length,
    late: offsets.filter((offset) => offset > 0).length,
    worstLate: Math.max(0, ...offsets),
    worstEarly: Math.max(0, ...offsets.map((offset) => -offset)),
  };
}
