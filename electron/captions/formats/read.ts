/** Reads a caption file of any format in the registry. */
import type { Cue } from "../cue.ts";
import { createIssue, type Issue } from "../quality/issue.ts";
import type { RuleName } from "../quality/rules.ts";
import type { ReadContent, ReadOptions } from "./caption-format.ts";
import { describeUnknown } from "./describe-unknown.ts";
import type { CaptionFormatName, TextFormatName } from "./format-names.ts";
import { formatRegistry } from "./format-registry.ts";
import { NotCaptionsError } from "./not-captions.ts";

export { NotCaptionsError } from "./not-captions.ts";

export interface CaptionFileContent extends ReadContent {
  readonly format: CaptionFormatName;
}

/** Rules whose issues mean that something of the file's content is missing from what was read. */
const losingRules: ReadonlySet<RuleName> = new Set<RuleName>(["unreadable", "timecode", "word"]);

/** What could not be read, out of what was found in a file. */
export function findUnreadText(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ rule }) => losingRules.has(rule));
}

/** Enough of a file to recognize its format. */
const startCharacters = 4_096;

/** A run of this many zero bytes is no slip of a program: a part of the file was never written. */
const minHole = 16;

const isPadding = (code: number): boolean => code === 0 || code === 0x1a;
/** Blanks in front of a file and the byte-order mark. */
const isLead = (code: number): boolean =>
  isPadding(code) || code === 0xfeff || code === 0x20 || (code >= 9 && code <= 13);

/** The text without what programs and disks put around it: zero bytes, the end mark of DOS, blanks at the start. */
function withoutPadding(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isLead(text.charCodeAt(from))) from++;
  while (to > from && isPadding(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Places where a part of the file is missing: it was copied from a disk or a line that failed. */
function findHoles(text: string): readonly Issue[] {
  const issues: Issue[] = [];
  let at = 0;
  let line = 1;
  while (issues.length < 20) {
    const from = text.indexOf("\0".repeat(minHole), at);
    if (from === -1) break;
    for (let index = at; index < from; index++) if (text.charCodeAt(index) === 10) line++;
    at = from;
    while (text.charCodeAt(at) === 0) at++;
    issues.push(
      createIssue("unreadable", `${at - from} bytes of the file are empty: captions may be missing here`, { line }),
    );
  }
  return issues;
}

/** The format of a text by its content: the name of its file may be wrong. */
export function detectFormat(text: string): TextFormatName | undefined {
  const whole = withoutPadding(text);
  const start = whole.slice(0, startCharacters);
  const names = Object.keys(formatRegistry) as TextFormatName[];
  return names.find((name) => formatRegistry[name].recognizes(start, whole));
}

/** Captions in order of time: players need it, and so does everything here. */
function inOrder(cues: readonly Cue[]): { readonly cues: readonly Cue[]; readonly issues: readonly Issue[] } {
  const moved = cues.filter(({ startMs }, index) => startMs < (cues[index - 1]?.startMs ?? startMs));
  const [first] = moved;
  if (first === undefined) return { cues, issues: [] };
  const message = `${moved.length} × a caption that begins before the one above it: the captions are put in order of time`;
  return {
    cues: cues.toSorted((a, b) => a.startMs - b.startMs),
    issues: [createIssue("reordered", message, { atMs: first.startMs })],
  };
}

/**
 * Reads captions from a text. They are in order of time.
 * @param bytes the file that the text was decoded from, for the description of one that is no captions
 * @throws NotCaptionsError when there is nothing in it that is a caption
 */
export function readCaptions(text: string, options: ReadOptions = {}, bytes?: Uint8Array): CaptionFileContent {
  const format = detectFormat(text);
  if (format === undefined) throw new NotCaptionsError(describeUnknown(text, bytes));
  const whole = withoutPadding(text);
  // A byte-order mark is a fault in SCC alone, whose reader tells it.
  const mark = format === "scc" && text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const content = formatRegistry[format].read(mark + whole, options);
  const { cues, issues } = inOrder(content.cues);
  return { format, ...content, cues, issues: [...content.issues, ...findHoles(whole), ...issues] };
}
