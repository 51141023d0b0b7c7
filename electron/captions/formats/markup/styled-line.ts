/** Lines that are put together from pieces of text in different styles, and cut into such pieces again. */
import type { Cue, LineStyle, StylePart, TextColor } from "../../cue.ts";

/** How a piece of text is written. */
export interface TextStyle {
  readonly italic?: boolean;
  readonly underline?: boolean;
  /** Absent: white. */
  readonly color?: TextColor | undefined;
}

/** A piece of text in one style. */
export interface StyledRun {
  readonly text: string;
  readonly style: TextStyle;
}

interface StyledCharacter extends TextStyle {
  readonly from: number;
  to: number;
}

function isSameStyle(a: TextStyle, b: TextStyle): boolean {
  return (
    (a.italic ?? false) === (b.italic ?? false) &&
    (a.underline ?? false) === (b.underline ?? false) &&
    a.color === b.color
  );
}

function tidyStyle({ italic, underline, color }: TextStyle): Omit<StylePart, "from" | "to"> {
  return {
    ...(italic ? { italic } : {}),
    ...(underline ? { underline } : {}),
    ...(color === undefined ? {} : { color }),
  };
}

/** What all of the styles have in common. */
function commonStyle(styles: readonly TextStyle[]): Omit<StylePart, "from" | "to"> {
  const color = styles[0]?.color;
  return tidyStyle({
    italic: styles.every(({ italic }) => italic === true),
    underline: styles.every(({ underline }) => underline === true),
    color: styles.every((style) => style.color === color) ? color : undefined,
  });
}

/** A line that grows piece by piece. White space is one space between words and none at the ends. */
export class StyledLine {
  #text = "";
  readonly #runs: StyledCharacter[] = [];
  #endsInSpace = false;

  append(text: string, style: TextStyle): void {
    const tidy = text.replace(/[\s\p{Cc}]+/gu, " ");
    if (tidy === "") return;
    let added = tidy;
    if (added.startsWith(" ") && (this.#text === "" || this.#endsInSpace)) added = added.slice(1);
    if (added === "") return;
    const from = this.#text.length;
    this.#text += added;
    this.#endsInSpace = added.endsWith(" ");
    // A space has no look of its own.
    if (added === " ") return;
    const start = from + (added.length - added.trimStart().length);
    const to = from + added.trimEnd().length;
    const last = this.#runs.at(-1);
    if (last !== undefined && isSameStyle(last, style)) last.to = to;
    else this.#runs.push({ ...style, from: start, to });
  }

  /** The line, and its style where it has one; undefined when there is nothing on it. */
  toLine(): { readonly text: string; readonly style: LineStyle } | undefined {
    const text = this.#text.trimEnd();
    if (text === "") return undefined;
    const base = commonStyle(this.#runs);
    const parts = this.#runs
      .filter((run) => !isSameStyle(run, base))
      .map((run) => ({ from: run.from, to: run.to, ...tidyStyle(run) }));
    return { text, style: { ...base, ...(parts.length === 0 ? {} : { parts }) } };
  }
}

/** Lines and styles of a cue; styles only where there is one. */
export function toCueLines(lines: readonly StyledLine[]): Pick<Cue, "lines"> & Partial<Pick<Cue, "styles">> {
  const shown = lines.map((line) => line.toLine()).filter((line) => line !== undefined);
  const styles = shown.map(({ style }) => style);
  return {
    lines: shown.map(({ text }) => text),
    ...(styles.some((style) => Object.keys(style).length > 0) ? { styles } : {}),
  };
}

/** Cuts a line where its style changes. What a part does not say is as the line. */
export function listStyledRuns(text: string, style: LineStyle): readonly StyledRun[] {
  const { parts = [], ...base } = style;
  const runs: StyledRun[] = [];
  let at = 0;
  for (const { from, to, ...own } of parts) {
    if (from < at || to <= from || from >= text.length) continue;
    if (from > at) runs.push({ text: text.slice(at, from), style: base });
    runs.push({ text: text.slice(from, to), style: { ...base, ...own } });
    at = Math.min(to, text.length);
  }
  if (at < text.length) runs.push({ text: text.slice(at), style: base });
  return runs;
}
