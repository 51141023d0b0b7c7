/** How captions are timed in what leaves the station: their own clock begins with the recording's first picture or sound. */
import type { Catalog } from "../catalog/open.ts";
import { findDecodedFacts, findMediaInfo } from "../catalog/repositories/recordings.ts";
import { getPlayerStartMs } from "../media/playable.ts";

export interface RecordingTimes {
  /** A player's clock, in milliseconds, at the recording's 0: added for files that play beside the recording. */
  readonly playerStartMs: number;
  /**
   * The recording's time of its first frame, in milliseconds: taken off for sidecars, which count from the first frame.
   */
  readonly firstFrameMs: number;
}

export function findRecordingTimes(catalog: Catalog, recordingId: string): RecordingTimes {
  const facts = findDecodedFacts(catalog, recordingId);
  return {
    playerStartMs: getPlayerStartMs(findMediaInfo(catalog, recordingId), facts),
    firstFrameMs: facts?.clock.firstFrameMs ?? 0,
  };
}
