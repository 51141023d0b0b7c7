/** The words of a Whisper transcript, put together from its pieces, with a time for each. */
import type { Word } from "../../word.ts";
import type { WhisperWord } from "./shapes.ts";

interface Piece {
  text: string;
  /** Seconds; undefined where the file does not say. */
  start: number | undefined;
  end: number | undefined;
  probability: number;
  readonly speaker: string | undefined;
}

const toMs = (seconds: number): number => Math.round(seconds * 1000);

/**
 * Joins pieces into words. Whisper writes the space before a word: a piece without one goes on with the word before it,
 * unless no piece has any.
 */
function joinPieces(pieces: readonly WhisperWord[]): readonly Piece[] {
  const texts = pieces.map(({ word, text }) => word ?? text ?? "");
  const hasSpaces = texts.some((text) => /^\s/.test(text));
  const joined: Piece[] = [];
  pieces.forEach(({ start, end, probability, score, speaker }, index) => {
    const text = texts[index] ?? "";
    const last = joined.at(-1);
    const sure = Math.min(1, Math.max(0, probability ?? score ?? 1));
    if (text.trim() === "") return;
    if (last !== undefined && hasSpaces && !/^\s/.test(text) && index > 0) {
      last.text += text.trimEnd();
      last.end = end ?? last.end;
      last.probability = Math.min(last.probability, sure);
      return;
    }
    joined.push({
      text: text.trim(),
      start: start ?? undefined,
      end: end ?? undefined,
      probability: sure,
      speaker: speaker ?? undefined,
    });
  });
  return joined;
}

/**
 * The words of a stretch. A word without a time, as WhisperX leaves numbers, takes its share of the time between its
 * neighbors.
 * @param startMs, endMs of the stretch
 */
export function toWords(
  pieces: readonly WhisperWord[],
  startMs: number,
  endMs: number,
  speaker: string | undefined,
): readonly Word[] {
  const joined = joinPieces(pieces);
  const words: Word[] = [];
  for (let first = 0; first < joined.length; ) {
    const piece = joined[first] as Piece;
    const name = piece.speaker ?? speaker;
    const named = name === undefined ? {} : { speaker: name };
    const { text, probability, start, end } = piece;
    const soonestMs = words.at(-1)?.endMs ?? startMs;
    if (start !== undefined && end !== undefined) {
      const from = Math.max(toMs(start), soonestMs, 0);
      words.push({ text, startMs: from, endMs: Math.max(from, toMs(end)), probability, ...named });
      first++;
      continue;
    }
    let next = first;
    while (next < joined.length && (joined[next]?.start === undefined || joined[next]?.end === undefined)) next++;
    const untilMs = Math.max(soonestMs, next < joined.length ? toMs(joined[next]?.start ?? 0) : endMs);
    const stepMs = (untilMs - soonestMs) / (next - first);
    for (let index = first; index < next; index++) {
      const from = Math.round(soonestMs + (index - first) * stepMs);
      const { text: own, probability: sure } = joined[index] as Piece;
      words.push({
        text: own,
        startMs: from,
        endMs: Math.round(soonestMs + (index - first + 1) * stepMs),
        probability: sure,
        estimated: true,
        ...named,
      });
    }
    first = next;
  }
  return words;
}
