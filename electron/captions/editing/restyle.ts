/** Writes the text of a caption as its city writes it. */
import { append } from "../append.ts";
import { findStyleEdits, type StyleOptions } from "../house-style/find-style-edits.ts";
import type { StyleEdit } from "../house-style/style-edit.ts";
import { applyStyleEdits } from "../house-style/styled-words.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import { hasTurns, isLead, layOutWords, wordsOfText } from "./cue-text.ts";

export interface Restyled {
  readonly lines: readonly string[];
  /** What was written otherwise, in order. */
  readonly edits: readonly StyleEdit[];
}

/** Words have places instead of times: nothing but their order counts here. */
const toWord = (text: string, at: number) => ({ text, startMs: at, endMs: at + 1, probability: 1 });

/**
 * Turns of two people are written each by itself, and keep their lines; other text is broken into lines anew.
 * @returns undefined: it is written so already
 */
export function restyle(lines: readonly string[], options: StyleOptions, profile: CueProfile): Restyled | undefined {
  const isTurns = hasTurns(lines);
  const edits: StyleEdit[] = [];
  const written = (isTurns ? lines : [lines.join(" ")]).map((text) => {
    const all = wordsOfText(text);
    // A sentence begins after the sign of another speaker.
    const lead = all.slice(0, isLead(all[0] ?? "") ? 1 : 0);
    const words = all.slice(lead.length).map(toWord);
    const found = findStyleEdits(words, options);
    append(edits, found);
    return found.length === 0
      ? text
      : [...lead, ...applyStyleEdits(words, found).words.map((word) => word.text)].join(" ");
  });
  if (edits.length === 0) return undefined;
  return { lines: isTurns ? written : layOutWords(wordsOfText(written), profile), edits };
}
