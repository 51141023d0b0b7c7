/** Puts the picture of a recording on the clock that its words and captions are on. */
import type { DecodedFacts } from "../contract/recording.ts";

/** How far from a restart's stamps a picture may lie to belong to it, in seconds. */
const restartReach = 2;

/**
 * The filter that puts the picture on the recording's clock: from its first frame on, without the jumps of the file's
 * clock at restarts. It needs the stamps as they are in the file (`-copyts`). `ld(1)` is the sum of those that have been
 * passed.
 */
export function clockFilter({ clock: { firstFrameMs, restarts } }: DecodedFacts): string {
  const passed = restarts.map(({ fromMs, toMs }) => {
    const near = (value: string, ms: number): string =>
      `between(${value}*TB,${ms / 1000 - restartReach},${ms / 1000 + restartReach})`;
    return `${near("PREV_INPTS", fromMs)}*${near("PTS", toMs)}*${(toMs - fromMs) / 1000}/TB`;
  });
  const jumps = passed.length === 0 ? "0" : `st(1,ld(1)+if(N,${passed.join("+")},0))`;
  return `setpts='PTS-STARTPTS+${firstFrameMs / 1000}/TB-${jumps}'`;
}
