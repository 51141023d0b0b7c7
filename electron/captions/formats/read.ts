/** Reads a caption file of any format that Archivist knows. */
import type { Cue } from "../cue.ts";
import { createIssue, type Issue } from "../quality/issue.ts";
import type { RuleName } from "../quality/rules.ts";
import { looksLikeScc } from "../scc/file.ts";
import type { Word } from "../word.ts";
import { listDroppedFeatures } from "./dropped-features.ts";
import { captionDocumentSchema } from "./json.ts";
import { NotCaptionsError } from "./not-captions.ts";
import { looksLikeTranscript, parseTranscript } from "./plain-text-read.ts";
import { readScc, type SccForm, type SccReadOptions } from "./scc-read.ts";
import { parseSrtVtt } from "./srt-vtt-parser.ts";
import { parseTtml } from "./ttml-read.ts";

export { NotCaptionsError } from "./not-captions.ts";

/** Formats that carry times and can be read. */
export type ReadableFormat = "scc" | "vtt" | "srt" | "ttml" | "txt" | "json";

export interface CaptionFileContent {
  readonly format: ReadableFormat;
  readonly cues: readonly Cue[];
  /** Only our own format has words. */
  readonly words: readonly Word[];
  /** What is wrong with the form of the file. */
  readonly issues: readonly Issue[];
  readonly language?: string;
  /** How an SCC file is made, so that another one can be made like it. */
  readonly scc?: SccForm;
}

const guessedTimes = createIssue(
  "guessed-times",
  "a transcript says only when its paragraphs begin: the times of the captions are shared out",
);

/** Rules whose issues mean that something of the file's content is missing from what was read. */
const losingRules: ReadonlySet<RuleName> = new Set<RuleName>(["unreadable", "timecode", "word"]);

/** What could not be read, out of what was found in a file. */
export function findUnreadText(issues: readonly Issue[]): readonly Issue[] {
  return issues.filter(({ rule }) => losingRules.has(rule));
}

/** What a text is by its content; its name may lie. */
export function detectFormat(text: string): ReadableFormat | undefined {
  if (looksLikeScc(text)) return "scc";
  const start = text
    .slice(0, 4096)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/^WEBVTT(\s|$)/.test(start)) return "vtt";
  if (start.startsWith("{") && !start.startsWith("{\\")) return "json";
  if (/^<(\?xml|!--|tt[\s>]|\w+:tt[\s>])/.test(start)) return "ttml";
  if (/\d\s{0,20}--?>\s{0,20}\d/.test(start)) return "srt";
  return looksLikeTranscript(start) ? "txt" : undefined;
}

/**
 * Reads captions from a text.
 * @throws NotCaptionsError when there is nothing in it that is a caption.
 */
export function readCaptions(text: string, options: SccReadOptions = {}): CaptionFileContent {
  const format = detectFormat(text);
  switch (format) {
    case "scc":
      return { format, words: [], ...readScc(text, options) };
    case "vtt":
    case "srt": {
      const { cues, skipped, leftOut } = parseSrtVtt(text, format);
      const issues = skipped.map(({ line, reason }) => createIssue("unreadable", reason, { line }));
      for (const [kind, count] of leftOut) {
        issues.push(listDroppedFeatures(`${count} × ${kind}`));
      }
      return { format, cues, words: [], issues };
    }
    case "ttml": {
      const { cues, skipped, language } = parseTtml(text);
      const issues = skipped.map((reason) => createIssue("unreadable", reason));
      return { format, cues, words: [], issues, ...(language === undefined ? {} : { language }) };
    }
    case "txt":
      return { format, cues: parseTranscript(text), words: [], issues: [guessedTimes] };
    case "json":
      return readJson(text);
    case undefined:
      throw new NotCaptionsError("there are no captions in this file");
  }
}

function readJson(text: string): CaptionFileContent {
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
