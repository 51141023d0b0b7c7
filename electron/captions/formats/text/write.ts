/** Formats the transcript as plain text: paragraphs with their start times. */
import { type Cue, cueText } from "../../cue.ts";
import { bare, endsSentence } from "../../segmentation/sentence-end.ts";
import type { Word } from "../../word.ts";
import { formatClockTime } from "../clock-time.ts";

/**
 * A pause of this length after a finished sentence begins a new paragraph; so does a sentence end after this many
 * words.
 */
const paragraphPauseMs = 1200;
const paragraphWords = 90;

interface Piece {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly speaker?: string | undefined;
}

function paragraphs(pieces: readonly Piece[]): readonly Piece[][] {
  const result: Piece[][] = [];
  let words = 0;
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1];
    const pause = before === undefined ? 0 : piece.startMs - before.endMs;
    const sentenceOver = before !== undefined && endsSentence(before.text.split(" ").at(-1) ?? "");
    const isOther = before !== undefined && piece.speaker !== before.speaker;
    if (before === undefined || isOther || (sentenceOver && (pause >= paragraphPauseMs || words >= paragraphWords))) {
      result.push([]);
      words = 0;
    }
    result.at(-1)?.push(piece);
    words += piece.text.split(" ").filter((word) => bare(word) !== "").length;
  });
  return result;
}

function format(pieces: readonly Piece[]): string {
  let last: string | undefined;
  return paragraphs(pieces)
    .map((paragraph) => {
      const time = formatClockTime(paragraph[0]?.startMs ?? 0, ".").slice(0, 8);
      const { speaker } = paragraph[0] ?? {};
      // The speaker is named only when it changes.
      const name = speaker === undefined || speaker === last ? "" : `${speaker}: `;
      last = speaker;
      return `[${time}] ${name}${paragraph.map(({ text }) => text).join(" ")}\n`;
    })
    .join("\n");
}

/** Plain text from words, whose times give the exact pauses. */
export function formatTextFromWords(words: readonly Word[]): string {
  return format(words);
}

/**
 * The text of a cue; if the speaker is known, the speaker label in the caption is removed, because the paragraph names
 * the speaker.
 */
function formatCueText(cue: Cue): string {
  const text = cueText(cue);
  return cue.speaker === undefined ? text : text.replace(/^>>\s*(?:[^:]{1,60}:\s*)?/, "");
}

/** Plain text from cues, for captions without words. */
export function formatTextFromCues(cues: readonly Cue[]): string {
  return format(
    cues.map((cue) => ({ text: formatCueText(cue), startMs: cue.startMs, endMs: cue.endMs, speaker: cue.speaker })),
  );
}
