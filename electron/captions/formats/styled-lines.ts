/** Lines of a caption that are put together from pieces in different styles, and taken apart into them again. */
import type { Cue, CueRow, LineStyle, StylePart } from "../cue.ts";

/** How a piece of text is written. */
export type TextStyle = Omit<StylePart, "from" | "to">;

/** A piece of a line in one style. */
export interface StyledRun {
  readonly text: string;
  readonly style: TextStyle;
}

const isSameStyle = (a: TextStyle, b: TextStyle): boolean =>
  (a.italic ?? false) === (b.italic ?? false) &&
  (a.underline ?? false) === (b.underline ?? false) &&
  a.color === b.color;

const isPlain = (style: TextStyle): boolean => isSameStyle(style, {});

/** The style without what is off, so that equal styles are equal objects. */
function toStyle({ italic, underline, color }: TextStyle): TextStyle {
  return {
    ...(italic ? { italic } : {}),
    ...(underline ? { underline } : {}),
    ...(color === undefined ? {} : { color }),
  };
}

/** The style of a line whose pieces cover all of it that is not blank. */
function toLineStyle(parts: readonly StylePart[]): LineStyle {
  const [first] = parts;
  if (first === undefined) return {};
  if (parts.every((part) => isSameStyle(part, first))) return toStyle(first);
  return { parts: parts.filter((part) => !isPlain(part)) };
}

/** Blanks at either end belong to no style. @param at where the piece begins in its line */
function withoutBlankEnds(piece: string, at: number): { readonly from: number; readonly to: number } {
  const from = at + piece.length - piece.trimStart().length;
  return { from, to: Math.max(from, at + piece.trimEnd().length) };
}

function joinRuns(runs: readonly StyledRun[]): { readonly text: string; readonly style: LineStyle } {
  const pieces: string[] = [];
  const parts: StylePart[] = [];
  let length = 0;
  let isBlankBefore = true;
  for (const run of runs) {
    const tidy = run.text.replace(/[\s\p{Cc}]+/gu, " ");
    const piece: string = isBlankBefore ? tidy.trimStart() : tidy;
    if (piece === "") continue;
    const range = withoutBlankEnds(piece, length);
    pieces.push(piece);
    length += piece.length;
    isBlankBefore = piece.endsWith(" ");
    const last = parts.at(-1);
    if (range.from === range.to) continue;
    if (last !== undefined && last.to === range.from && isSameStyle(last, run.style)) {
      parts[parts.length - 1] = { ...last, to: range.to };
    } else parts.push({ ...range, ...toStyle(run.style) });
  }
  return { text: pieces.join("").trimEnd(), style: toLineStyle(parts) };
}

/** Collects the pieces of a caption. White space is taken together, and blank lines are left out. */
export class StyledLines {
  #rows: StyledRun[][] = [[]];

  append(text: string, style: TextStyle = {}): void {
    this.#rows.at(-1)?.push({ text, style });
  }

  newLine(): void {
    this.#rows.push([]);
  }

  /** The lines, and their styles if any of them is not plain. */
  toLines(): Pick<Cue, "lines"> & Partial<Pick<Cue, "styles">> {
    const rows = this.#rows.map(joinRuns).filter(({ text }) => text !== "");
    const styles = rows.map(({ style }) => style);
    const hasStyles = styles.some((style) => !isPlain(style) || style.parts !== undefined);
    return { lines: rows.map(({ text }) => text), ...(hasStyles ? { styles } : {}) };
  }
}

/** The pieces of a line, in order. */
export function toStyledRuns({ text, parts = [], ...row }: CueRow): readonly StyledRun[] {
  const base = toStyle(row);
  const runs: StyledRun[] = [];
  let at = 0;
  for (const { from, to, ...style } of parts) {
    if (from > at) runs.push({ text: text.slice(at, from), style: base });
    if (to > Math.max(at, from)) runs.push({ text: text.slice(Math.max(at, from), to), style: toStyle(style) });
    at = Math.max(at, to);
  }
  if (at < text.length) runs.push({ text: text.slice(at), style: base });
  return runs;
}
