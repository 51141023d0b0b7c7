/** Cuts a caption with more text than the caption screen holds into several. Pure. */
import type { CueProfile } from "../quality/caption-profile.ts";
import { refit } from "../segmentation/refit.ts";
import type { TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";
import { alignWords } from "./align-words.ts";
import { wordsOfText } from "./cue-text.ts";
import type { EditCue } from "./document.ts";
import { findSplitTime } from "./split-time.ts";

export interface SplitPiece extends TimeSpan {
  readonly lines: readonly string[];
}

export interface SplitFacts {
  readonly profile: CueProfile;
  /** All recognized words, in order of time. */
  readonly words?: readonly Word[];
  readonly silences?: readonly TimeSpan[];
}

/** A piece of a caption is never shorter, in milliseconds, however little time there is. */
const minPieceMs = 200;

/**
 * The pieces that a caption is cut into, in order, with all of its words; none where it cannot be cut. Each ends where the
 * next one begins: whoever applies them leaves the gap.
 */
export function splitLongCue(cue: EditCue, { profile, words = [], silences = [] }: SplitFacts): readonly SplitPiece[] {
  const cut = refit(cue, profile);
  const texts = wordsOfText(cue.lines);
  const counts = cut.map(({ lines }) => wordsOfText(lines).length);
  const isWhole = counts.reduce((sum, count) => sum + count, 0) === texts.length;
  if (cut.length < 2 || !isWhole || cue.endMs - cue.startMs < cut.length * minPieceMs) return [];
  const options = { maxCharactersPerSecond: profile.maxCharactersPerSecond, silences };
  let rest = alignWords(texts, cue, words);
  let { startMs } = cue;
  return cut.map(({ lines }, index): SplitPiece => {
    const count = counts[index] as number;
    const piecesLeft = cut.length - index - 1;
    if (piecesLeft === 0) return { startMs, endMs: cue.endMs, lines };
    const found = findSplitTime({ startMs, endMs: cue.endMs }, rest, count, options);
    const endMs = Math.min(cue.endMs - piecesLeft * minPieceMs, Math.max(startMs + minPieceMs, found));
    const piece = { startMs, endMs, lines };
    rest = rest.slice(count);
    startMs = endMs;
    return piece;
  });
}
