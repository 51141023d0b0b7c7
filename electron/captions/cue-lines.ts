/**
 * A cue whose lines change: which words keep their style, and which lines their place. Words are compared with those of
 * before, so that a part in italics follows its text, wherever the lines are broken.
 */
import { diffArrays } from "diff";
import { append } from "./append.ts";
import { moveLinePlace } from "./cea608/row-layout.ts";
import { type CharacterStyle, isSameStyle, toCharacterStyles, toCueStyles, toLineStyle } from "./character-style.ts";
import type { Cue, LinePlace, LineStyle } from "./cue.ts";

/** A word with the style of each of its characters. */
export interface StyledWord {
  readonly text: string;
  readonly styles: readonly CharacterStyle[];
}

/** The words of a cue with their styles. */
export const toStyledWords = ({ lines, styles }: Pick<Cue, "lines" | "styles">): readonly StyledWord[] =>
  lines.flatMap((line, index) => {
    const characters = toCharacterStyles(line, styles?.[index]);
    return [...line.matchAll(/\S+/gu)].map(({ 0: text, index: from }) => ({
      text,
      styles: characters.slice(from, from + text.length),
    }));
  });

const inStyle = (text: string, style: CharacterStyle): StyledWord => ({
  text,
  styles: new Array<CharacterStyle>(text.length).fill(style),
});

/**
 * Gives new words the styles of old ones: an unchanged word keeps its own, a replaced one that of the words it stands
 * for, and one that is inserted that of both its neighbors, if they agree.
 */
function alignStyles(before: readonly StyledWord[], texts: readonly string[]): readonly StyledWord[] {
  const aligned: StyledWord[] = [];
  let added: string[] = [];
  let removed: StyledWord[] = [];
  const settle = (next: StyledWord | undefined): void => {
    const [left, right] = [aligned.at(-1)?.styles.at(-1), next?.styles[0]];
    const inserted = left !== undefined && right !== undefined && isSameStyle(left, right) ? left : {};
    added.forEach((text, index) => {
      const replaced = removed[Math.min(index, removed.length - 1)];
      aligned.push(inStyle(text, replaced?.styles[0] ?? inserted));
    });
    [added, removed] = [[], []];
  };
  let [from, to] = [0, 0];
  for (const part of diffArrays(
    before.map(({ text }) => text),
    [...texts],
  )) {
    const count = part.value.length;
    if (part.removed) {
      append(removed, before.slice(from, from + count));
      from += count;
    } else if (part.added) {
      append(added, texts.slice(to, to + count));
      to += count;
    } else {
      settle(before[from]);
      append(aligned, before.slice(from, from + count));
      from += count;
      to += count;
    }
  }
  settle(undefined);
  return aligned;
}

/** The styles of lines that are made of these words. */
function layOutStyles(words: readonly StyledWord[], lines: readonly string[]): readonly LineStyle[] {
  let next = 0;
  return lines.map((line) => {
    const styles = new Array<CharacterStyle>(line.length).fill({});
    for (const { index } of line.matchAll(/\S+/gu)) {
      words[next++]?.styles.forEach((style, offset) => {
        styles[index + offset] = style;
      });
    }
    return toLineStyle(line, styles);
  });
}

const wordsIn = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.split(/\s+/u).filter((word) => word !== ""));

/** Styles of lines of which each stands for one of before. */
function alignLineStyles(cue: Cue, lines: readonly string[]): readonly LineStyle[] {
  return lines.map((line, index) => {
    const [before = "", style = {}] = [cue.lines[index], cue.styles?.[index]];
    if (style.parts === undefined || line === before) return style;
    const words = toStyledWords({ lines: [before], styles: [style] });
    return layOutStyles(alignStyles(words, wordsIn([line])), [line])[0] ?? {};
  });
}

function findStyles(cue: Cue, lines: readonly string[], words: readonly StyledWord[] | undefined) {
  if (words === undefined) {
    const [first = {}] = cue.styles ?? [];
    const isUniform = cue.styles?.every((style) => JSON.stringify(style) === JSON.stringify(first)) ?? true;
    if (isUniform && first.parts === undefined) return lines.map(() => first);
  }
  const texts = wordsIn(lines);
  const before = words ?? toStyledWords(cue);
  const areSame = before.length === texts.length && before.every(({ text }, index) => text === texts[index]);
  if (words === undefined && !areSame && lines.length === cue.lines.length) return alignLineStyles(cue, lines);
  return layOutStyles(areSame ? before : alignStyles(before, texts), lines);
}

/** Places of the lines; undefined where it is not known which of the old lines they are. */
function findPlaces({ lines: before, places }: Cue, lines: readonly string[]): readonly LinePlace[] | undefined {
  if (places?.length !== before.length) return undefined;
  if (lines.length === before.length) {
    return places.map((place, index) => moveLinePlace(place, before[index] ?? "", lines[index] ?? ""));
  }
  const kept: LinePlace[] = [];
  let at = 0;
  for (const line of lines) {
    at = before.indexOf(line, at);
    const place = at < 0 ? undefined : places[at];
    if (place === undefined) return undefined;
    kept.push(place);
    at++;
  }
  return kept;
}

type Relined<C extends Cue> = Omit<C, "lines" | "styles" | "places"> & Pick<Cue, "lines" | "styles" | "places">;

/**
 * The cue with new lines. A style that all lines have is kept for all.
 * @param words that the lines are made from, where they are not the cue's own
 */
export function withLines<C extends Cue>(cue: C, lines: readonly string[], words?: readonly StyledWord[]): Relined<C> {
  const { lines: _, styles: __, places: ___, ...rest } = cue;
  const places = findPlaces(cue, lines);
  return {
    ...rest,
    lines,
    ...toCueStyles(findStyles(cue, lines, words)),
    ...(places === undefined ? {} : { places }),
  };
}
