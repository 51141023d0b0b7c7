/** Reads a caption file of any format in the registry. */
import type { Issue } from "../quality/issue.ts";
import type { RuleName } from "../quality/rules.ts";
import type { ReadContent } from "./caption-format.ts";
import type { CaptionFormatName, TextFormatName } from "./format-names.ts";
import { formatRegistry } from "./format-registry.ts";
import { NotCaptionsError } from "./not-captions.ts";
import type { SccReadOptions } from "./scc-read.ts";

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

/** The format of a text by its content: the name of its file may be wrong. */
export function detectFormat(text: string): TextFormatName | undefined {
  const start = text
    .slice(0, startCharacters)
    .replace(/^\uFEFF/, "")
    .trimStart();
  const names = Object.keys(formatRegistry) as TextFormatName[];
  return names.find((name) => formatRegistry[name].recognizes(start, text));
}

/**
 * Reads captions from a text.
 * @throws NotCaptionsError when there is nothing in it that is a caption
 */
export function readCaptions(text: string, options: SccReadOptions = {}): CaptionFileContent {
  const format = detectFormat(text);
  if (format === undefined) throw new NotCaptionsError("there are no captions in this file");
  return { format, ...formatRegistry[format].read(text, options) };
}
