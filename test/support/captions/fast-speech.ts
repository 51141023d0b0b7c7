/** Captions of people who speak without a pause, as the segmenter makes them and as other programs do. */
import type { Cue } from "../../../electron/captions/cue.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { type Random, random } from "../random.ts";

/** The words of a council, longer than those of everyday English. */
const vocabulary = (
  "to to to it have fee award tonight license you months meeting drainage downtown council clerk agreement traffic " +
  "tomorrow sidewalk several recreation public please planning mayor hearing federal that school resident project " +
  "parks ordinance in improvement comment call with water police favor development department all variance the thank " +
  "say revenue order opposed motion dollars chief capital believe would we treasurer this roll reserve on library levy " +
  "issue is budget annual yesterday second permit percent neighborhood move increase fund for engineer been audit and " +
  "working lighting fire culvert committee zoning street sewer resolution extension expense come bridge bid will much " +
  "like forward deadline tax stormwater county bond very report million grant chairman bus mister contract state time"
).split(" ");

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const pickWord = (pick: Random): string => vocabulary[Math.floor(pick() * vocabulary.length)] ?? "the";

export interface Speech {
  readonly wordsPerMinute: number;
  readonly minutes: number;
  readonly seed?: number;
}

/**
 * Words in sentences of three to fourteen, every word as long as the other and none with a pause after it: the text is
 * dense where long words meet.
 */
export function speak({ wordsPerMinute, minutes, seed = 1 }: Speech): readonly Word[] {
  const pick = random(seed);
  const wordMs = 60_000 / wordsPerMinute;
  let left = 0;
  let isFirst = true;
  return Array.from({ length: Math.round(wordsPerMinute * minutes) }, (_, index) => {
    isFirst = left === 0;
    left = isFirst ? 2 + Math.floor(pick() * 12) : left - 1;
    const mark = left === 0 ? (pick() < 0.1 ? "?" : ".") : pick() < 0.02 ? "," : "";
    const word = pickWord(pick);
    return {
      text: `${isFirst ? capitalized(word) : word}${mark}`,
      startMs: Math.round(5_000 + index * wordMs),
      endMs: Math.round(5_000 + (index + 1) * wordMs),
      probability: 1,
    };
  });
}

/** The captions that the segmenter makes of it. */
export const speakCues = (speech: Speech): readonly Cue[] => segmentWords(speak(speech));

/** Captions of one to three words without a gap, as some programs export them; about 267 words a minute. */
export function shortCues(count: number, seed = 1): readonly Cue[] {
  const pick = random(seed);
  let startMs = 5_000;
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 1 + Math.floor(pick() * 3) }, () => pickWord(pick));
    // What does not fit a row would be no short caption.
    while (words.join(" ").length > 32) words.pop();
    const endMs = startMs + 50 * Math.round((words.length * 60_000 * (0.6 + 0.8 * pick())) / 267 / 50);
    const cue = { startMs, endMs, lines: [words.join(" ")] };
    startMs = endMs;
    return cue;
  });
}

/**
 * Captions of other programs: two rows filled with what a sentence has, and the rest of the sentence, however short, as
 * a caption of its own.
 */
export function cutAtSentences(words: readonly Word[]): readonly Cue[] {
  const cues: { startMs: number; endMs: number; lines: string[] }[] = [];
  let isNew = true;
  for (const { text, startMs, endMs } of words) {
    const current = cues.at(-1);
    const line = current?.lines.at(-1);
    if (isNew || current === undefined || line === undefined) cues.push({ startMs, endMs, lines: [text] });
    else if (line.length + 1 + text.length <= 32) current.lines.splice(-1, 1, `${line} ${text}`);
    else if (current.lines.length < 2) current.lines.push(text);
    else cues.push({ startMs, endMs, lines: [text] });
    const last = cues.at(-1);
    if (last !== undefined) last.endMs = endMs;
    isNew = /[.?]$/.test(text);
  }
  return cues;
}
