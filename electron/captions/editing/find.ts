/** Finds and replaces text in captions, across the line breaks within each caption. */
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
  /** Accents are compared as well. */
  readonly matchAccents?: boolean;
}

export interface Hit {
  readonly cue: number;
  /** Index of the cue. */
  readonly index: number;
  /** Character offsets in the lines joined by a space. */
  readonly from: number;
  readonly to: number;
  /** Text of the pattern's groups: `$1` and so on. */
  readonly groups: readonly string[];
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/**
 * NFC makes each letter with its accent one character, so that offsets in the text without accents are valid in the
 * text itself.
 */
const composed = (text: string): string => text.normalize("NFC");
/** A text without the accents of its letters; as long as the text, composed. */
export const withoutAccents = (text: string): string =>
  Array.from(composed(text), (sign) => {
    const bareSign = plain(sign);
    return bareSign.length === sign.length ? bareSign : sign;
  }).join("");

/** Builds the regular expression of a search. @returns undefined for empty text or an invalid regular expression */
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

/** All hits, in order. @param inScope returns false for captions to skip */
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
      // Taken from the original text, because the searched text has lost its accents.
      const groups = (match.indices ?? []).slice(1).map((place) => (place === undefined ? "" : whole.slice(...place)));
      hits.push({ cue: cue.id, index, from: match.index, to: match.index + match[0].length, groups });
    }
  });
  return hits;
}

/**
 * Adapts a replacement to the case of the text that it replaces: `GUTIEREZ` → `GUTIERREZ`, `Gutierez` → `Gutierrez`.
 */
function matchCase(found: string, text: string): string {
  // If only the case differs, the change of case is intended.
  if (found.toLowerCase() === text.toLowerCase()) return text;
  const isAllCapitals = found.length > 1 && found === found.toUpperCase() && found !== found.toLowerCase();
  // `US` is an abbreviation, and its replacement `America` is not.
  const isAbbreviation = found.length <= 4 && text !== text.toLowerCase();
  if (isAllCapitals && !isAbbreviation) return text.toUpperCase();
  const [first = ""] = found;
  const [own = ""] = text;
  if (first !== first.toLowerCase() && own === own.toLowerCase()) return own.toUpperCase() + text.slice(own.length);
  return text;
}

export interface ReplaceOptions {
  readonly with: string;
  /** Keep the case of the replaced text. */
  readonly preserveCase?: boolean;
}

/**
 * Builds the command that replaces hits. Captions that do not change are left out; captions whose text grows too long
 * for their lines are broken again.
 */
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
    // A line break is one character, like the space in the searched text: offsets stay valid, and line breaks are kept.
    let whole = cue.lines.map(composed).join("\n");
    for (const { from, to, groups } of own.toReversed()) {
      const found = whole.slice(from, to).replaceAll("\n", " ");
      const wanted = sought.isPattern ? expanded(text, found, groups) : text;
      whole = whole.slice(0, from) + (preserveCase ? matchCase(found, wanted) : wanted) + whole.slice(to);
    }
    const lines = [...relineCue(whole.split("\n"), profile)];
    return lines.join("\n") === cue.lines.join("\n") ? [] : [{ cue: cue.id, lines }];
  });
  return { type: "replace", what: sought.text, with: text, cues: changed };
}

/** Expands `$1` and so on, and `$&`, in the replacement text. */
const expanded = (text: string, found: string, groups: readonly string[]): string =>
  text.replace(/\$(&|\d)/g, (sign, name: string) => (name === "&" ? found : (groups[Number(name) - 1] ?? sign)));

/** The lines of a caption after its text has changed: the line breaks stay as long as every line fits. */
export function relineCue(lines: readonly string[], profile: CueProfile): readonly string[] {
  const kept = lines.map((line) => wordsOfText(line).join(" ")).filter((line) => line !== "");
  if (kept.length === 0) return [""];
  if (kept.every((line) => countLineColumns(line) <= profile.maxLineLength)) return kept;
  return balanced(kept, profile);
}
