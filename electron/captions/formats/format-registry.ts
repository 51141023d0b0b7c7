/** How each caption format is recognized, read and written. How to add one: electron/README.md, "Add a caption format". */
import { createIssue } from "../quality/issue.ts";
import { encodeScc } from "../scc/encode.ts";
import { looksLikeScc } from "../scc/file.ts";
import { ass } from "./ass/ass.ts";
import { cap } from "./cap/cap.ts";
import type {
  BinaryCaptionFormat,
  BinaryCaptionReader,
  CaptionFormat,
  CaptionReader,
  ReadContent,
} from "./caption-format.ts";
import { listDroppedFeatures } from "./dropped-features.ts";
import type { BinaryFormatName, TextFormatName, WrittenFormatName } from "./format-names.ts";
import { formatItt } from "./itt/write.ts";
import { formatCaptionJson, readCaptionJson } from "./json.ts";
import { mcc } from "./mcc/mcc.ts";
import { microdvd } from "./microdvd/microdvd.ts";
import { formatTextFromCues, formatTextFromWords } from "./plain-text.ts";
import { looksLikeTranscript, parseTranscript } from "./plain-text-read.ts";
import { sami } from "./sami/sami.ts";
import { sbv } from "./sbv/sbv.ts";
import { readScc } from "./scc-read.ts";
import { spruce } from "./spruce/spruce.ts";
import { formatSrt } from "./srt.ts";
import { parseSrtVtt } from "./srt-vtt-parser.ts";
import { stl } from "./stl/stl.ts";
import { subviewer } from "./subviewer/subviewer.ts";
import { parseTtml } from "./ttml-read.ts";
import { formatTtml } from "./ttml-write.ts";
import { formatWebVtt } from "./webvtt.ts";
import { whisper } from "./whisper/whisper.ts";

const scc: CaptionFormat = {
  recognizes: (_, text) => looksLikeScc(text),
  read: (text, options) => ({ words: [], ...readScc(text, options) }),
  write: ({ cues }, profile, { line21 }) => encodeScc(cues, { profile, ...line21 }).text,
};

function readSrtVtt(text: string, format: "srt" | "vtt"): ReadContent {
  const { cues, skipped, leftOut } = parseSrtVtt(text, format);
  const unreadable = skipped.map(({ line, reason }) => createIssue("unreadable", reason, { line }));
  const dropped = [...leftOut].map(([kind, count]) => listDroppedFeatures(`${count} × ${kind}`));
  return { cues, words: [], issues: [...unreadable, ...dropped] };
}

const vtt: CaptionFormat = {
  recognizes: (start) => /^WEBVTT(\s|$)/.test(start),
  read: (text) => readSrtVtt(text, "vtt"),
  write: ({ cues, language }) => formatWebVtt(cues, language),
};

const srt: CaptionFormat = {
  recognizes: (start) => /\d\s{0,20}--?>\s{0,20}\d/.test(start),
  read: (text) => readSrtVtt(text, "srt"),
  write: ({ cues }) => formatSrt(cues),
};

const ttml: CaptionFormat = {
  recognizes: (start) => /^<(\?xml|!--|tt[\s>]|\w+:tt[\s>])/.test(start),
  read: (text) => {
    const { cues, skipped, language } = parseTtml(text);
    const issues = skipped.map((reason) => createIssue("unreadable", reason));
    return { cues, words: [], issues, ...(language === undefined ? {} : { language }) };
  },
  write: ({ cues, language }) => formatTtml(cues, language),
};

/** Recognized and read as TTML, which it is. */
const itt: CaptionFormat = {
  ...ttml,
  recognizes: () => false,
  write: (content, _profile, options) => formatItt(content, options),
};

const guessedTimes = createIssue(
  "guessed-times",
  "a transcript says only when its paragraphs begin: the times of the captions are shared out",
);

const txt: CaptionFormat = {
  recognizes: (start) => looksLikeTranscript(start),
  read: (text) => ({ cues: parseTranscript(text), words: [], issues: [guessedTimes] }),
  write: ({ cues, words }) => (words.length > 0 ? formatTextFromWords(words) : formatTextFromCues(cues)),
};

const json: CaptionFormat = {
  recognizes: (start) => start.startsWith("{") && !start.startsWith("{\\"),
  read: (text) => {
    const { cues, words, language } = readCaptionJson(text);
    return { cues, words, issues: [], ...(language === undefined ? {} : { language }) };
  },
  write: (content) => formatCaptionJson(content),
};

/** A format that Archivist writes has a writer, which the others need not have. */
type Registry<Name extends TextFormatName | BinaryFormatName, Writer, Reader> = {
  readonly [Each in Name]: Each extends WrittenFormatName ? Writer : Reader;
};

/** In the order in which they are tried: a transcript is what no other format recognizes. */
export const formatRegistry: Registry<TextFormatName, CaptionFormat, CaptionReader> = {
  scc,
  mcc,
  vtt,
  microdvd,
  whisper,
  json,
  sami,
  ttml,
  itt,
  ass,
  spruce,
  sbv,
  subviewer,
  srt,
  txt,
};

/** These are asked before any text format. */
export const binaryFormatRegistry: Registry<BinaryFormatName, BinaryCaptionFormat, BinaryCaptionReader> = { stl, cap };
