/**
 * Reads transcripts that Whisper and WhisperX left as JSON: a segment is a caption, cut by the times of its words where
 * it does not fit the screen, and the words are kept.
 */
import type { Cue } from "../../cue.ts";
import { defaultProfile } from "../../quality/caption-profile.ts";
import { fits, refit } from "../../segmentation/refit.ts";
import { segmentWords } from "../../segmentation/segment.ts";
import type { Word } from "../../word.ts";
import type { CaptionReader, ReadContent } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { parseWhisperDocument, type WhisperSegment } from "./shapes.ts";
import { toWords } from "./words.ts";

/** Speakers are kept beside the text, not written into it. */
const profile = { ...defaultProfile, speakerLabels: "none" } as const;

const squeezed = (text: string): string => text.replace(/\s+/g, "");

/** The captions of a segment: one, or as many as it takes to fit the screen. */
function cutSegment(cue: Cue, words: readonly Word[]): readonly Cue[] {
  if (fits(cue, 1, profile.maxLineLength)) return [cue];
  const isWhole = squeezed(words.map(({ text }) => text).join("")) === squeezed(cue.lines.join(""));
  const { speaker: _speaker, ...unnamed } = cue;
  const pieces = isWhole
    ? segmentWords(
        words.map(({ speaker: _name, ...word }) => word),
        { ...profile, longPauseMs: Number.POSITIVE_INFINITY, maxMs: Math.max(profile.maxMs, cue.endMs - cue.startMs) },
      )
    : refit(unnamed, profile);
  return pieces.map((piece, index) => {
    const next = pieces[index + 1]?.startMs ?? cue.endMs;
    const startMs = index === 0 ? cue.startMs : piece.startMs;
    return {
      ...piece,
      startMs,
      endMs: index === pieces.length - 1 ? Math.max(cue.endMs, startMs + 1) : Math.min(piece.endMs, next),
      ...(cue.speaker === undefined ? {} : { speaker: cue.speaker }),
    };
  });
}

function readSegment({ start, end, text, words, speaker }: WhisperSegment, collector: CueCollector): readonly Word[] {
  const startMs = Math.max(0, Math.round(start * 1000));
  const endMs = Math.round(end * 1000);
  const spoken = toWords(words ?? [], startMs, endMs, speaker ?? undefined);
  const name = speaker ?? spoken.find((word) => word.speaker !== undefined)?.speaker;
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line === "") return [];
  const cue: Cue = { startMs, endMs, lines: [line], ...(name === undefined ? {} : { speaker: name }) };
  if (endMs <= startMs) {
    collector.skip(`the segment ends before it begins: ${line.slice(0, 40)}`);
    return [];
  }
  for (const piece of cutSegment(cue, spoken)) collector.add(piece);
  return spoken;
}

function read(text: string): ReadContent {
  const { segments, words: loose, unreadable, language } = parseWhisperDocument(text);
  const collector = new CueCollector();
  const inSegments = segments.flatMap((segment) => readSegment(segment, collector));
  const words = inSegments.length > 0 ? inSegments : toWords(loose, 0, 0, undefined);
  if (segments.length === 0) for (const cue of segmentWords(words, profile)) collector.add(cue);
  if (unreadable > 0) collector.skip(`${unreadable} × a segment without text or times`);
  const ordered = words.toSorted((a, b) => a.startMs - b.startMs);
  return { ...collector.finish(), words: ordered, ...(language === undefined ? {} : { language }) };
}

export const whisper: CaptionReader = {
  recognizes: (start, text) => {
    if (!/^[{[]/.test(start) || /^\{\s*"format"\s*:\s*"archivist-captions"/.test(start)) return false;
    if (/^\[\s*\{[^{}]*"(?:start|offsets)"\s*:/.test(start) || /^\[\s*\[\s*\d+\s*,\s*\d+\s*,/.test(start)) return true;
    return start.startsWith("{") && /"(?:segments|transcription|word_segments|words)"\s{0,9}:\s{0,9}\[/.test(text);
  },
  read,
};
