/** How captions are timed in what leaves the station: their own clock begins with the recording's first picture or sound. */
import { type CaptionFormatName, isLine21Format } from "../captions/formats/format-names.ts";
import type { Catalog } from "../catalog/open.ts";
import { findDecodedFacts, findMediaInfo } from "../catalog/repositories/recordings.ts";
import type { DecodedFacts } from "../contract/recording.ts";
import { getPlayerStartMs } from "../media/playable.ts";

export interface RecordingTimes {
  /** A player's clock, in milliseconds, at the recording's 0: added for files that play beside the recording. */
  readonly playerStartMs: number;
  /**
   * The recording's time of its first frame, in milliseconds: taken off for sidecars, which count from the first frame.
   */
  readonly firstFrameMs: number;
}

/**
 * @param media the probe's result
 * @param facts what decoding found; undefined before it
 */
export const getRecordingTimes = (media: unknown, facts: DecodedFacts | undefined): RecordingTimes => ({
  playerStartMs: getPlayerStartMs(media, facts),
  firstFrameMs: facts?.clock.firstFrameMs ?? 0,
});

export const findRecordingTimes = (catalog: Catalog, recordingId: string): RecordingTimes =>
  getRecordingTimes(findMediaInfo(catalog, recordingId), findDecodedFacts(catalog, recordingId));

/**
 * What is added to the recording's time in a file of captions, in milliseconds: line 21 counts from the first frame, all
 * others as players do.
 */
export const getFileOffsetMs = (format: CaptionFormatName, { playerStartMs, firstFrameMs }: RecordingTimes): number =>
  isLine21Format(format) ? -firstFrameMs : playerStartMs;
