/** Progress of a job that goes through a recording once. */
import type { Clock } from "../platform/clock.ts";
import type { Progress } from "../queue/job-kind.ts";

export interface PassThroughRecording {
  readonly clock: Clock;
  readonly report: (progress: Progress) => void;
  readonly stage: string;
  readonly message: string;
  /** Length of the recording, in milliseconds; undefined: that is not known, and nothing is reported. */
  readonly durationMs: number | undefined;
}

/** @returns A function that reports how far it is, given the milliseconds of the recording that are done, and how long it still takes */
export function createPassProgress({ clock, report, stage, message, durationMs }: PassThroughRecording) {
  const started = clock.now().getTime();
  return (ms: number): void => {
    if (durationMs === undefined || ms <= 0) return;
    const progress = Math.min(1, ms / durationMs);
    const etaMs = Math.round(((clock.now().getTime() - started) * (1 - progress)) / progress);
    report({ progress, stage, message, etaMs });
  };
}
