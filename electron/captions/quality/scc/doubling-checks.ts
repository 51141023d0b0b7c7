/** Whether the control codes of a file are sent twice, with nothing between the copies. */
import { isControl } from "../../cea608/codes.ts";
import type { SccFile, SccLine } from "../../scc/file.ts";
import type { Issue } from "../issue.ts";
import { hexWord, sccIssue } from "./scc-issue.ts";

interface LineDoubling {
  /** Codes that stand alone. */
  readonly single: readonly string[];
  /** Codes with a null between their copies. */
  readonly nullBetween: number;
}

function checkLine({ words }: SccLine): LineDoubling {
  const single: string[] = [];
  let nullBetween = 0;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? 0;
    if (!isControl(word)) continue;
    if (words[index + 1] === word) index++;
    else if (words[index + 1] === 0 && words[index + 2] === word) {
      nullBetween++;
      index += 2;
    } else single.push(hexWord(word));
  }
  return { single, nullBetween };
}

/**
 * Issues of doubling. Every decoder reads a code that is sent once, so that is told once a file; a null between the
 * copies makes some decoders execute both, so that is told of each line.
 * @param frames of the file's lines
 */
export function findDoublingIssues(file: SccFile, frames: readonly number[]): readonly Issue[] {
  const issues: Issue[] = [];
  let single = 0;
  let first: { readonly line: number; readonly frame: number | undefined; readonly code: string } | undefined;
  file.lines.forEach((line, at) => {
    const found = checkLine(line);
    const [code] = found.single;
    if (code !== undefined) first ??= { line: line.number, frame: frames[at], code };
    single += found.single.length;
    if (found.nullBetween > 0) {
      const message = `${found.nullBetween} × a null between the copies of a code`;
      issues.push(sccIssue("null-between", line.number, message, frames[at]));
    }
  });
  if (first !== undefined) {
    const message = `${single} × a control code that is sent only once; the first of them is ${first.code}`;
    issues.push(sccIssue("doubling", first.line, message, first.frame));
  }
  return issues;
}
