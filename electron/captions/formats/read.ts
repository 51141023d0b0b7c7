/** Reads a caption file of any format that Archivist knows. */
import { type Channel, isControl, maxCaptionRows, rowCount } from "../cea608/codes.ts";
import type { Cue } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import { checkSccFile } from "../quality/scc/form.ts";
import { sccIssue } from "../quality/scc/rules.ts";
import { decodeChannels, programmeStart, type SeenCaption, toCues } from "../scc/decode.ts";
import type { SccMode } from "../scc/encode.ts";
import { looksLikeScc, parseScc, type SccFile } from "../scc/file.ts";
import { type FrameRate, ntsc } from "../time/frame-rate.ts";
import type { Word } from "../word.ts";
import { parseBlocks } from "./blocks.ts";
import { captionDocumentSchema } from "./json.ts";
import { NotCaptionsError } from "./not-captions.ts";
import { looksLikeTranscript, parseTranscript } from "./plain-text-read.ts";
import { parseTtml } from "./ttml-read.ts";

export { NotCaptionsError } from "./not-captions.ts";

/** Formats that carry times and can be read. */
export type ReadableFormat = "scc" | "vtt" | "srt" | "ttml" | "txt" | "json";

export interface ReadCaptions {
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

export interface SccForm {
  /** Whether its labels are drop-frame. */
  readonly dropFrame: boolean;
  /** The frame that was taken for the start of the programme. */
  readonly startFrame: number;
  /** The channel that was read. */
  readonly channel: Channel;
  readonly mode: SccMode;
}

/** The offset is a guess, and a guess is told. */
const startsAtHourOne = sccIssue(
  "start",
  1,
  "the file begins shortly after 01:00:00, so that is taken for the start of the programme",
);

const guessedTimes: Issue = {
  severity: "warning",
  rule: "guessed-times",
  message: "a transcript says only when its paragraphs begin: the times of the captions are shared out",
  remedy: "Check the captions against the recording.",
};

/** Rules whose issues mean that something of the file's content is missing from what was read. */
const losingRules = new Set(["unreadable", "timecode", "word"]);

/** What could not be read, out of what was found in a file. */
export function unreadParts(issues: readonly Issue[]): readonly Issue[] {
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

export interface ReadOptions {
  /** Frame rate of an SCC file, which does not say it itself. */
  readonly rate?: FrameRate;
  /** Frame of an SCC file's timecode that is the start of the programme; absent: found out. */
  readonly startFrame?: number;
  /** Channel of an SCC file; absent: the first that has captions. */
  readonly channel?: Channel;
}

/**
 * Reads captions from a text.
 * @throws NotCaptionsError when there is nothing in it that is a caption.
 */
export function readCaptions(text: string, options: ReadOptions = {}): ReadCaptions {
  const format = detectFormat(text);
  switch (format) {
    case "scc":
      return readScc(text, options);
    case "vtt":
    case "srt": {
      const { cues, skipped, leftOut } = parseBlocks(text, format);
      const issues = skipped.map(
        ({ line, reason }): Issue => ({ severity: "error", rule: "unreadable", message: reason, line }),
      );
      for (const [kind, count] of leftOut) {
        issues.push(notKept(`${count} × ${kind}`));
      }
      return { format, cues, words: [], issues };
    }
    case "ttml": {
      const { cues, skipped, language } = parseTtml(text);
      const issues = skipped.map((reason): Issue => ({ severity: "error", rule: "unreadable", message: reason }));
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

function readScc(text: string, { rate = ntsc, startFrame, channel }: ReadOptions): ReadCaptions {
  const file = parseScc(text);
  const start = startFrame ?? programmeStart(file, rate);
  const isGuess = startFrame === undefined && start > 0;
  const channels = decodeChannels(file, rate);
  const used = channel ?? channels.keys().next().value ?? 1;
  const seen = channels.get(used) ?? [];
  const early = seen.filter((caption) => caption.startFrame < start);
  const beforeStart = sccIssue("before-start", 1, `${early.length} × a caption before the start of the programme`);
  return {
    format: "scc",
    cues: toCues(seen, start, rate),
    words: [],
    scc: {
      dropFrame: file.lines[0]?.timecode.dropFrame ?? true,
      startFrame: start,
      channel: used,
      mode: modeOf(seen, file),
    },
    issues: [
      ...(isGuess ? [startsAtHourOne] : []),
      ...(early.length > 0 ? [beforeStart] : []),
      ...simplified(seen),
      ...checkSccFile(file, rate),
    ],
  };
}

/** The mode of the first caption, with the depth of the first roll-up code. */
function modeOf(seen: readonly SeenCaption[], file: SccFile): SccMode {
  const mode = seen[0]?.mode ?? "pop-on";
  if (mode !== "roll-up") return mode;
  const depths: Readonly<Record<number, SccMode>> = { 37: "roll-up-2", 38: "roll-up-3", 39: "roll-up-4" };
  for (const { words } of file.lines) {
    for (const word of words) {
      const depth = isControl(word) && (word & 0xf600) === 0x1400 ? depths[word & 0xff] : undefined;
      if (depth !== undefined) return depth;
    }
  }
  return "roll-up-2";
}

/** What a cue cannot hold of what was on the screen. */
function simplified(seen: readonly SeenCaption[]): readonly Issue[] {
  const looks = seen.filter(({ rows }) =>
    rows.some(
      ({ spans = [] }) => spans.length > 1 || spans.some((span) => span.colour || span.background || span.flash),
    ),
  ).length;
  const places = seen.filter(({ mode, rows }) => {
    const first = rows[0]?.row ?? 1;
    const last = rows.at(-1)?.row ?? rowCount;
    return mode !== "roll-up" && first > maxCaptionRows && last < rowCount - maxCaptionRows + 1;
  }).length;
  return [
    ...(looks > 0 ? [notKept(`${looks} × colours, backgrounds, or a part of a row in italics`)] : []),
    ...(places > 0 ? [notKept(`${places} × a place in the middle of the picture; it becomes top or bottom`)] : []),
  ];
}

function notKept(what: string): Issue {
  return {
    severity: "warning",
    rule: "left-out",
    message: `not kept: ${what}`,
    remedy: "Nothing, unless this is wanted: then put it in again with the program that made the file.",
  };
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
