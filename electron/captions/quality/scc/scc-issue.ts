/** Issues of the lines of an SCC file. */
import type { Issue } from "../issue.ts";
import { type SccRuleName, sccRules } from "../rules.ts";

/** A word as it stands in a file, without parity. */
export const hexWord = (word: number): string => word.toString(16).padStart(4, "0");

/**
 * @param line of the file, from 1
 * @param frame on the file's timecode
 */
export function sccIssue(rule: SccRuleName, line: number, message: string, frame?: number): Issue {
  const { severity, remedy } = sccRules[rule];
  return { severity, rule, message, remedy, line, ...(frame === undefined ? {} : { frame }) };
}
