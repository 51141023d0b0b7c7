/** Refits imported cues to the caption screen: cues with lines that are too long or too many are cut again. */
import { append } from "../append.ts";
import { countLineColumns } from "../cea608/transliterate.ts";
import { toCharacterStyles, toCueStyles, toLineStyle } from "../character-style.ts";
import { type Cue, toCueRows } from "../cue.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { beginsTurn } from "../speaker-turn.ts";
import type { Word } from "../word.ts";
import { segmentWords } from "./segment.ts";

/** True when a cue's lines fit the caption screen unchanged. */
export function fits(cue: Cue, maxLines: number, maxLineLength: number): boolean {
  const rows = toCueRows(cue);
  return rows.length <= maxLines && rows.every(({ text }) => countLineColumns(text) <= maxLineLength);
}

/** Words grouped by speaker turn: a dash or `>>` at the beginning of a line starts a new turn. */
function splitTurns(lines: readonly string[]): readonly (readonly string[])[] {
  const turns: string[][] = [];
  for (const line of lines) {
    const words = line.split(/\s+/u).filter((text) => text !== "");
    if (words.length === 0) continue;
    const turn = turns.at(-1);
    if (turn === undefined || beginsTurn(line)) turns.push(words);
    else append(turn, words);
  }
  return turns;
}

const isSeen = (character: string): boolean => /\S/u.test(character);

/** Gives the styles of a cue to the lines that it is cut into, in order: their characters are those of the cue. */
function createRestyler({ lines, styles }: Cue): (lines: readonly string[]) => Pick<Cue, "styles"> {
  if (styles === undefined) return () => ({});
  const seen = lines.flatMap((line, index) =>
    toCharacterStyles(line, styles[index]).filter((_, at) => isSeen(line[at] ?? "")),
  );
  let next = 0;
  return (pieces) =>
    toCueStyles(
      pieces.map((line) =>
        toLineStyle(
          line,
          line.split("").map((character) => (isSeen(character) ? (seen[next++] ?? {}) : {})),
        ),
      ),
    );
}

/**
 * Splits a cue into one or more cues that fit, within the same time. Time is divided among the words by their length,
 * because the source has no word times.
 */
export function refit(cue: Cue, profile: CueProfile): readonly Cue[] {
  const turns = splitTurns(cue.lines);
  const texts = turns.flat();
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const span = cue.endMs - cue.startMs;
  let passed = 0;
  const words: Word[] = texts.map((text) => {
    const startMs = cue.startMs + Math.round((span * passed) / total);
    passed += text.length;
    return { text, startMs, endMs: cue.startMs + Math.round((span * passed) / total), probability: 1 };
  });
  let first = 0;
  const pieces = turns.flatMap((turn) => {
    const spoken = words.slice(first, first + turn.length);
    first += turn.length;
    return segmentWords(spoken, { ...profile, longPauseMs: Number.POSITIVE_INFINITY });
  });
  const { edge, align, speaker } = cue;
  const restyle = createRestyler(cue);
  return pieces.map((piece, index) => ({
    ...piece,
    ...(edge === undefined ? {} : { edge }),
    ...(align === undefined ? {} : { align }),
    ...(speaker === undefined ? {} : { speaker }),
    ...restyle(piece.lines),
    startMs: Math.min(piece.startMs, cue.endMs - 1),
    endMs: Math.min(
      cue.endMs,
      index === pieces.length - 1 ? cue.endMs : Math.min(piece.endMs, pieces[index + 1]?.startMs ?? cue.endMs),
    ),
  }));
}
