/** `error` blocks publishing, `warning` needs a person's acknowledgement. */
export type Severity = "error" | "warning";

/** What a quality rule found. */
export interface Issue {
  readonly severity: Severity;
  /** Name of the rule, stable, for filters and profiles. */
  readonly rule: string;
  /** What is wrong, in words. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Index of the cue that it is about. */
  readonly cue?: number;
  /** Where it is: milliseconds from the start of the recording. */
  readonly atMs?: number;
  /** Where it is: frame on the file's timecode. */
  readonly frame?: number;
  /** Where it is: line of the file, from 1. */
  readonly line?: number;
}
