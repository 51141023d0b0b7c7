/** What a quality rule found, in a document, a file or a recording. */
import { type RuleName, rules } from "./rules.ts";
import type { Severity } from "./severity.ts";

export interface Issue {
  readonly severity: Severity;
  readonly rule: RuleName;
  /** What is wrong, in words. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Index of the cue that it is about. */
  readonly cue?: number;
  /** Where it is: milliseconds from the start of the recording. */
  readonly atMs?: number;
  /** Where it ends, of an issue of a place: milliseconds from the start of the recording. */
  readonly untilMs?: number;
  /** Where it is: frame on the file's timecode. */
  readonly frame?: number;
  /** Where it is: line of the file, from 1. */
  readonly line?: number;
}

/**
 * An issue with its rule's own severity and remedy.
 * @param place where it is, and a severity or remedy that is not the rule's own
 */
export function createIssue(
  rule: RuleName,
  message: string,
  place: Omit<Issue, "rule" | "message" | "severity"> & { readonly severity?: Severity } = {},
): Issue {
  const { severity, remedy } = rules[rule];
  return { severity, rule, message, ...(remedy === "" ? {} : { remedy }), ...place };
}
