/** Reads a caption file of any format that Archivist knows. */
import type { Cue } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import { checkSccFile } from "../quality/scc-rules.ts";
import { decodeScc, programmeStart, toCues } from "../scc/decode.ts";
import { looksLikeScc, parseScc } from "../scc/file.ts";
import type { Word } from "../word.ts";
import { parseBlocks } from "./blocks.ts";
import { captionDocumentSchema } from "./json.ts";

/** Formats that carry times and can be read. */
export type ReadableFormat = "scc" | "vtt" | "srt" | "json";

export interface ReadCaptions {
  readonly format: ReadableFormat;
  readonly cues: readonly Cue[];
  /** Only our own format has words. */
  readonly words: readonly Word[];
  /** What is wrong with the form of the file. */
  readonly issues: readonly Issue[];
  readonly language?: string;
}

/** The offset is a guess, and a guess is told. */
const startsAtHourOne: Issue = {
  severity: "warning",
  rule: "start",
  message: "the file begins shortly after 01:00:00, so that is taken for the start of the programme",
  line: 1,
};

/** Rules whose issues mean that something of the file's content is missing from what was read. */
const losingRules = new Set(["unreadable", "timecode", "word", "parity"]);

/** What could not be read, out of what was found in a file. */
export function unreadParts(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ rule }) => losingRules.has(rule));
}

/** Thrown when a text is not a caption file at all; `message` ends the sentence "<file>: …". */
export class NotCaptionsError extends Error {}

/** What a text is by its content; its name may lie. */
export function detectFormat(text: string): ReadableFormat | undefined {
  if (looksLikeScc(text)) return "scc";
  const start = text
    .slice(0, 4096)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^WEBVTT(\s|$)/.test(start)) return "vtt";
  if (start.startsWith("{")) return "json";
  return /\d\s*--?>\s*\d/.test(start) ? "srt" : undefined;
}

/**
 * Reads captions from a text.
 * @throws NotCaptionsError when there is nothing in it that is a caption.
 */
export function readCaptions(text: string): ReadCaptions {
  const format = detectFormat(text);
  switch (format) {
    case "scc": {
      const file = parseScc(text);
      const start = programmeStart(file);
      const issues = checkSccFile(file);
      return {
        format,
        cues: toCues(decodeScc(file), start),
        words: [],
        issues: start === 0 ? issues : [startsAtHourOne, ...issues],
      };
    }
    case "vtt":
    case "srt": {
      const { cues, skipped } = parseBlocks(text, format);
      const issues = skipped.map(
        ({ line, reason }): Issue => ({ severity: "error", rule: "unreadable", message: reason, line }),
      );
      return { format, cues, words: [], issues };
    }
    case "json":
      return readJson(text);
    case undefined:
      throw new NotCaptionsError("there are no captions in this file");
  }
}

function readJson(text: string): ReadCaptions {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new NotCaptionsError(`this is not valid JSON (${(thrown as Error).message})`);
  }
  const parsed = captionDocumentSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.length ? ` at ${issue.path.join(".")}` : "";
    throw new NotCaptionsError(`this is not an Archivist caption file (${issue?.message ?? "unknown"}${place})`);
  }
  const { cues, words, language } = parsed.data;
  return { format: "json", cues, words, issues: [], ...(language === undefined ? {} : { language }) };
}
