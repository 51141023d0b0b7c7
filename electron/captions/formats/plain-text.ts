/** The transcript as a person reads it: paragraphs with the time at which they begin. */
import { type Cue, cueText } from "../cue.ts";
import { bare, endsSentence } from "../segmentation/sentence-end.ts";
import type { Word } from "../word.ts";
import { formatClockTime } from "./clock-time.ts";

/** A pause of this length, after a finished sentence, begins a new paragraph; so does this many words. */
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
      // Told once, where it changes.
      const name = speaker === undefined || speaker === last ? "" : `${speaker}: `;
      last = speaker;
      return `[${time}] ${name}${paragraph.map(({ text }) => text).join(" ")}\n`;
    })
    .join("\n");
}

/** Plain text from words, whose times tell the pauses exactly. */
export function formatTextFromWords(words: readonly Word[]): string {
  return format(words);
}

/** Where the speaker is known, the label that stood for it in the caption is not told again. */
function formatCueText(cue: Cue): string {
  const text = cueText(cue);
  return cue.speaker === undefined ? text : text.replace(/^>>\s*(?:[^:]{1,60}:\s*)?/, "");
}

/** Plain text from cues, where there are no words. */
export function formatTextFromCues(cues: readonly Cue[]): string {
  return format(
    cues.map((cue) => ({ text: formatCueText(cue), startMs: cue.startMs, endMs: cue.endMs, speaker: cue.speaker })),
  );
}
