/** Which new files on the shares become ready by waiting alone, and why the others do not. Pure. */
import { minuteMs } from "../captions/time/durations.ts";
import type { ShareFileRow } from "../catalog/repositories/share-files.ts";
import type { Settings } from "../contract/settings.ts";

/** Longer than this, nobody waits for one file: the next run takes it. */
const maxWaitMs = 15 * minuteMs;

/** Scans in which a file may still become ready beyond those that the settings ask for. */
const spareRounds = 2;

type NewFile = Pick<ShareFileRow, "size" | "modifiedMs" | "stablePolls" | "reason">;

/** A file as this run saw it first. */
export interface FirstSight extends NewFile {
  /** Number of scans before. */
  readonly round: number;
}

/**
 * Why a new file is not waited for; undefined: another scan or two will tell whether it is a whole recording.
 * @param first the file when this run saw it first
 * @param round number of the latest scan
 */
export function whyNotAwaited(
  file: NewFile,
  first: FirstSight,
  round: number,
  nowMs: number,
  intake: Settings["intake"],
): string | undefined {
  // An earlier run's reason may no longer be true; an inspection in this run sets a new one, and counts from the start.
  const isInspected = first.reason === null || file.stablePolls < first.stablePolls;
  if (file.reason !== null && isInspected) return file.reason;
  if (file.size === 0) return "it is empty so far";
  if (file.size !== first.size || file.modifiedMs !== first.modifiedMs) return "it is still being written";
  const everyMs = intake.pollSeconds * 1000;
  const youthMs = file.modifiedMs > nowMs ? 0 : Math.max(0, file.modifiedMs + intake.minAgeSeconds * 1000 - nowMs);
  const pollsMs = Math.max(0, intake.stablePolls - file.stablePolls) * everyMs;
  if (Math.max(youthMs, pollsMs) > maxWaitMs) {
    return "it was found or changed too short a time ago to be sure that it is whole";
  }
  const maxRounds = intake.stablePolls + Math.ceil((intake.minAgeSeconds * 1000) / everyMs) + spareRounds;
  return round - first.round > maxRounds ? (file.reason ?? "it could not be inspected") : undefined;
}
