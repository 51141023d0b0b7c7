/** The style of each character of a line: what a line's style and its parts come to, and back (cue.ts, `LineStyle`). */
import type { LineStyle, StylePart } from "./cue.ts";

/** How a character is written; absent fields: upright, not underlined, white. */
export type CharacterStyle = Omit<StylePart, "from" | "to">;

/** A style in the making: fields may be there without a value. */
export type StyleFields = { readonly [Field in keyof CharacterStyle]?: CharacterStyle[Field] | undefined };

/** Adjacent characters of a text with one style. */
export interface StyleRun {
  readonly text: string;
  readonly style: CharacterStyle;
}

export const isSameStyle = (a: CharacterStyle, b: CharacterStyle): boolean =>
  (a.italic ?? false) === (b.italic ?? false) &&
  (a.underline ?? false) === (b.underline ?? false) &&
  a.color === b.color;

/** Only the fields that are set. */
export const compactStyle = ({ italic, underline, color }: StyleFields): CharacterStyle => ({
  ...(italic ? { italic } : {}),
  ...(underline ? { underline } : {}),
  ...(color === undefined ? {} : { color }),
});

/** The style of each UTF-16 unit of a line. A part has its own style instead of the line's. */
export function toCharacterStyles(text: string, style: LineStyle = {}): readonly CharacterStyle[] {
  const styles = new Array<CharacterStyle>(text.length).fill(compactStyle(style));
  for (const part of style.parts ?? []) styles.fill(compactStyle(part), part.from, part.to);
  return styles;
}

/** A line cut where its style changes. */
export function toStyleRuns(text: string, style: LineStyle = {}): readonly StyleRun[] {
  if (style.parts === undefined || text === "") return [{ text, style: compactStyle(style) }];
  const styles = toCharacterStyles(text, style);
  const runs: StyleRun[] = [];
  for (let from = 0; from < text.length; ) {
    const here = styles[from] as CharacterStyle;
    let to = from + 1;
    while (to < text.length && isSameStyle(here, styles[to] as CharacterStyle)) to++;
    runs.push({ text: text.slice(from, to), style: here });
    from = to;
  }
  return runs;
}

/** What all of the styles have in common. */
function findCommonStyle(styles: readonly CharacterStyle[]): CharacterStyle {
  const [first, ...rest] = styles;
  if (first === undefined) return {};
  return compactStyle({
    italic: styles.every(({ italic }) => italic),
    underline: styles.every(({ underline }) => underline),
    ...(first.color !== undefined && rest.every(({ color }) => color === first.color) ? { color: first.color } : {}),
  });
}

/**
 * The style of a line whose characters have these styles: what all have in common, and the parts that have more.
 * Blanks count for nothing: a part begins and ends with a character that is seen.
 */
export function toLineStyle(text: string, styles: readonly CharacterStyle[]): LineStyle {
  const isSeen = (index: number): boolean => /\S/u.test(text[index] ?? "");
  const common = findCommonStyle(styles.filter((_, index) => isSeen(index)));
  const parts: StylePart[] = [];
  let isOpen = false;
  for (let index = 0; index < text.length; index++) {
    if (!isSeen(index)) continue;
    const style = styles[index] ?? {};
    const last = parts.at(-1);
    if (isSameStyle(style, common)) isOpen = false;
    else if (isOpen && last !== undefined && isSameStyle(style, last))
      parts[parts.length - 1] = { ...last, to: index + 1 };
    else {
      parts.push({ from: index, to: index + 1, ...compactStyle(style) });
      isOpen = true;
    }
  }
  return { ...common, ...(parts.length === 0 ? {} : { parts }) };
}

/** Styles for a cue: absent where every line is plain. */
export const toCueStyles = (styles: readonly LineStyle[]): { readonly styles?: readonly LineStyle[] } =>
  styles.every((style) => Object.keys(style).length === 0) ? {} : { styles };
