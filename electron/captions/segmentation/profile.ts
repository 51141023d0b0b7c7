/** A station's caption rules, as far as cutting words into cues needs them. */
export interface CueProfile {
  /** Columns; CEA-608 has 32. */
  readonly maxLineLength: number;
  readonly maxLines: number;
  readonly maxCharactersPerSecond: number;
  /** Words of text in a minute. */
  readonly maxWordsPerMinute: number;
  /** Shortest and longest time that a cue should stay, in milliseconds. */
  readonly minMs: number;
  readonly maxMs: number;
  /** Time between two cues that follow each other at once: two frames (Netflix timed-text guide). */
  readonly minGapMs: number;
  /** Smaller gaps are closed to `minGapMs`: half a second (Netflix timed-text guide). */
  readonly closeGapMs: number;
  /** A cue never straddles a silence of this length. */
  readonly longPauseMs: number;
  /** How a new speaker is shown: not at all, by `>>`, or by `>> NAME:` (electron/captions/README.md, "Speakers and sounds"). */
  readonly speakerLabels: "none" | "arrows" | "names";
  /** Where rows begin. */
  readonly align: "center" | "left";
  /** Two captions that cannot be loaded one after the other are shown as one of at most this many rows, 2 to 4. */
  readonly maxMergedLines: number;
  /** A caption may be this late at most: two seconds, as the BBC allows. More is an error. */
  readonly maxDelayMs: number;
}

/**
 * Two lines of 32; 1 to 7 seconds (electron/captions/README.md, "Limits and reading speed"); 20 characters a
 * second, the loosest of the cited limits, because councils speak fast and the rule is to keep every word.
 */
export const defaultProfile: CueProfile = {
  maxLineLength: 32,
  maxLines: 2,
  maxCharactersPerSecond: 20,
  maxWordsPerMinute: 250,
  minMs: 1000,
  maxMs: 7000,
  minGapMs: 67,
  closeGapMs: 500,
  longPauseMs: 1500,
  speakerLabels: "arrows",
  align: "center",
  maxMergedLines: 2,
  maxDelayMs: 2000,
};
