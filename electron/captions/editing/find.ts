/** Finds text in captions, over the line breaks and, for whole phrases, inside each caption. */

import type { CueProfile } from "../segmentation/profile.ts";
import type { CommandOf } from "./command.ts";
import { layOutWords, wordsOfText } from "./cue-text.ts";
import type { EditCue } from "./document.ts";

export interface FindOptions {
  readonly text: string;
  readonly matchCase?: boolean;
  readonly wholeWords?: boolean;
  /** The text is a regular expression. */
  readonly isPattern?: boolean;
  /** Accents count. */
  readonly matchAccents?: boolean;
}

export interface Hit {
  readonly cue: number;
  /** Index of the cue. */
  readonly index: number;
  /** In the lines joined by a space. */
  readonly from: number;
  readonly to: number;
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** Each letter with its accent is one sign, so that places in the plain text are places in the text itself. */
const composed = (text: string): string => text.normalize("NFC");
const withoutAccents = (text: string): string =>
  Array.from(composed(text), (sign) => {
    const bareSign = plain(sign);
    return bareSign.length === sign.length ? bareSign : sign;
  }).join("");

/** @returns undefined: it is no regular expression, or finds nothing but emptiness */
export function patternOf({ text, matchCase, wholeWords, isPattern, matchAccents }: FindOptions): RegExp | undefined {
  if (text === "") return undefined;
  const sought = matchAccents ? composed(text) : withoutAccents(text);
  const source = isPattern ? sought : sought.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/gu, "\\s+");
  const bounded = wholeWords ? `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])` : source;
  try {
    return new RegExp(bounded, matchCase ? "gu" : "giu");
  } catch {
    return undefined;
  }
}

const joined = (cue: EditCue): string => cue.lines.map(composed).join(" ");

/** Every place, in order. @param inScope leaves captions out */
export function findAll(
  cues: readonly EditCue[],
  options: FindOptions,
  inScope: (cue: EditCue, index: number) => boolean = () => true,
): readonly Hit[] {
  const pattern = patternOf(options);
  if (pattern === undefined) return [];
  const hits: Hit[] = [];
  cues.forEach((cue, index) => {
    if (!inScope(cue, index)) return;
    const text = options.matchAccents ? joined(cue) : withoutAccents(joined(cue));
    for (const match of text.matchAll(pattern)) {
      if (match[0] === "") continue;
      hits.push({ cue: cue.id, index, from: match.index, to: match.index + match[0].length });
    }
  });
  return hits;
}

/** `GUTIEREZ` → `GUTIERREZ`, `Gutierez` → `Gutierrez`: as what it replaces is written. */
function inCaseOf(found: string, text: string): string {
  if (found.length > 1 && found === found.toUpperCase() && found !== found.toLowerCase()) return text.toUpperCase();
  const [first = ""] = found;
  const [own = ""] = text;
  if (first !== first.toLowerCase() && own === own.toLowerCase()) return own.toUpperCase() + text.slice(own.length);
  return text;
}

export interface ReplaceOptions {
  readonly with: string;
  /** Capitals stay as they were. */
  readonly preserveCase?: boolean;
}

/** The edit that replaces hits; captions whose text grows too long for their lines are broken anew. */
export function replacement(
  cues: readonly EditCue[],
  hits: readonly Hit[],
  sought: FindOptions,
  { with: text, preserveCase = false }: ReplaceOptions,
  profile: CueProfile,
): CommandOf<"replace"> {
  const pattern = patternOf(sought);
  const byCue = Map.groupBy(hits, ({ index }) => index);
  const changed = [...byCue].flatMap(([index, own]) => {
    const cue = cues[index];
    if (cue === undefined) return [];
    let whole = joined(cue);
    for (const { from, to } of own.toReversed()) {
      const found = whole.slice(from, to);
      const wanted = sought.isPattern && pattern !== undefined ? expanded(found, pattern, text) : text;
      whole = whole.slice(0, from) + (preserveCase ? inCaseOf(found, wanted) : wanted) + whole.slice(to);
    }
    return [{ cue: cue.id, lines: [...relined(cue, whole, profile)] }];
  });
  return { type: "replace", what: sought.text, with: text, cues: changed };
}

/** `$1` and its like, in a text that one match has found. */
const expanded = (found: string, pattern: RegExp, text: string): string =>
  found.replace(new RegExp(pattern.source, pattern.flags.replace("g", "")), text);

/** The line breaks stay where they were as long as every line fits. */
function relined(cue: EditCue, whole: string, profile: CueProfile): readonly string[] {
  const words = wordsOfText(whole);
  const before = cue.lines.map((line) => wordsOfText(line).length);
  const total = before.reduce((sum, count) => sum + count, 0);
  if (words.length === total) {
    let at = 0;
    const lines = before.map((count) => {
      at += count;
      return words.slice(at - count, at).join(" ");
    });
    if (lines.every((line) => line.length <= profile.maxLineLength)) return lines;
  }
  return layOutWords(words, profile);
}
