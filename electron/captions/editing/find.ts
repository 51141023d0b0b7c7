/** Finds text in captions, over the line breaks and, for whole phrases, inside each caption. */

import { countLineColumns } from "../cea608/transliterate.ts";
import type { CueProfile } from "../quality/caption-profile.ts";
import type { CommandFor } from "./command.ts";
import { balanced, wordsOfText } from "./cue-text.ts";
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
  /** What the groups of a pattern have found: `$1` and its like. */
  readonly groups: readonly string[];
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
export function buildPattern({
  text,
  matchCase,
  wholeWords,
  isPattern,
  matchAccents,
}: FindOptions): RegExp | undefined {
  if (text === "") return undefined;
  const sought = matchAccents ? composed(text) : withoutAccents(text);
  const source = isPattern ? sought : sought.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/gu, "\\s+");
  const bounded = wholeWords ? `(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])` : source;
  try {
    return new RegExp(bounded, matchCase ? "dgu" : "dgiu");
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
  const pattern = buildPattern(options);
  if (pattern === undefined) return [];
  const hits: Hit[] = [];
  cues.forEach((cue, index) => {
    if (!inScope(cue, index)) return;
    const whole = joined(cue);
    const text = options.matchAccents ? whole : withoutAccents(whole);
    for (const match of text.matchAll(pattern)) {
      if (match[0] === "") continue;
      // Taken out of the text itself: what was sought in had lost its accents.
      const groups = (match.indices ?? []).slice(1).map((place) => (place === undefined ? "" : whole.slice(...place)));
      hits.push({ cue: cue.id, index, from: match.index, to: match.index + match[0].length, groups });
    }
  });
  return hits;
}

/** `GUTIEREZ` → `GUTIERREZ`, `Gutierez` → `Gutierrez`: as what it replaces is written. */
function matchCase(found: string, text: string): string {
  // Whoever replaces nothing but capitals means them.
  if (found.toLowerCase() === text.toLowerCase()) return text;
  const isAllCapitals = found.length > 1 && found === found.toUpperCase() && found !== found.toLowerCase();
  // `US` is an abbreviation, and `America` is none.
  const isAbbreviation = found.length <= 4 && text !== text.toLowerCase();
  if (isAllCapitals && !isAbbreviation) return text.toUpperCase();
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

/** The edit that replaces hits; captions in which that changes nothing are not among them; captions whose text grows too long for their lines are broken anew. */
export function replacement(
  cues: readonly EditCue[],
  hits: readonly Hit[],
  sought: FindOptions,
  { with: text, preserveCase = false }: ReplaceOptions,
  profile: CueProfile,
): CommandFor<"replace"> {
  const byCue = Map.groupBy(hits, ({ index }) => index);
  const changed = [...byCue].flatMap(([index, own]) => {
    const cue = cues[index];
    if (cue === undefined) return [];
    // A line break is one sign, as the space in what was sought in: places are the same, and breaks stay.
    let whole = cue.lines.map(composed).join("\n");
    for (const { from, to, groups } of own.toReversed()) {
      const found = whole.slice(from, to).replaceAll("\n", " ");
      const wanted = sought.isPattern ? expanded(text, found, groups) : text;
      whole = whole.slice(0, from) + (preserveCase ? matchCase(found, wanted) : wanted) + whole.slice(to);
    }
    const lines = [...relined(whole.split("\n"), profile)];
    return lines.join("\n") === cue.lines.join("\n") ? [] : [{ cue: cue.id, lines }];
  });
  return { type: "replace", what: sought.text, with: text, cues: changed };
}

/** `$1` and its like, and `$&`, in what is put in the place of a match. */
const expanded = (text: string, found: string, groups: readonly string[]): string =>
  text.replace(/\$(&|\d)/g, (sign, name: string) => (name === "&" ? found : (groups[Number(name) - 1] ?? sign)));

/** The line breaks stay where they were as long as every line fits. */
function relined(lines: readonly string[], profile: CueProfile): readonly string[] {
  const kept = lines.map((line) => wordsOfText(line).join(" ")).filter((line) => line !== "");
  if (kept.length === 0) return [""];
  if (kept.every((line) => countLineColumns(line) <= profile.maxLineLength)) return kept;
  return balanced(kept, profile);
}
