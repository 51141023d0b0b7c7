/**
 * Parses markup of SRT and WebVTT (and SubStation tags in SRT files): it is mapped to what captions support, or
 * removed. pycaption and Subtitle Edit have printed it as words (electron/captions/README.md, "Markup").
 */
import type { Cue, LineStyle } from "../cue.ts";

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&quot;": '"',
  "&apos;": "'",
  "&lrm;": "",
  "&rlm;": "",
};

/** Resolves character references. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:[a-z]{1,10}|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (entity) => {
    const named = entities[entity.toLowerCase()];
    if (named !== undefined) return named;
    const number = /^&#(x?)([0-9a-f]+);$/i.exec(entity);
    const code = number ? Number.parseInt(number[2] ?? "", number[1] ? 16 : 10) : Number.NaN;
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    return code > 0 && code <= 0x10ffff && !isSurrogate ? String.fromCodePoint(code) : entity;
  });
}

/**
 * The known tags: `<i>`, `</i>`, `<v Name>`, `<c.yellow>`, `<00:01.000>`, `{\an8}`, …. Anything else in angle brackets,
 * such as `<inaudible>`, is text.
 */
const tag =
  /<\/?(?:(?:i|b|u|s|em|strong|font|c|v|lang|ruby|rt|span|br)(?:[\s./][^<>]{0,500})?|\d{1,4}[\d:.]{0,20})>|\{\\[^{}]{0,200}\}/gi;

const tidy = (text: string): string =>
  decodeEntities(text)
    .replace(/[ \t]+/g, " ")
    .trim();

/** Removes markup and resolves character references. */
export function stripMarkup(text: string): string {
  return tidy(text.replace(tag, ""));
}

/** The lines of a caption with the styles that CEA-608 supports, and the position and speaker given by the markup. */
export type MarkedText = Pick<Cue, "lines"> & Partial<Pick<Cue, "styles" | "edge" | "speaker">>;

interface MarkupState {
  italic: number;
  underline: number;
  edge: "top" | undefined;
  speaker: string | undefined;
}

function apply(markup: string, state: MarkupState): void {
  const closing = markup.startsWith("</");
  const name = /^<\/?([a-z]+)/i.exec(markup)?.[1]?.toLowerCase();
  const step = closing ? -1 : 1;
  if (name === "i" || name === "em") state.italic = Math.max(0, state.italic + step);
  else if (name === "u") state.underline = Math.max(0, state.underline + step);
  else if (name === "v" && !closing) state.speaker ??= tidy(markup.slice(2, -1).replace(/^[.\w]*\s*/, "")) || undefined;
  // SubStation: alignments 7 to 9 are the top of the picture, \i1 begins italics.
  else if (/\\an[789]/.test(markup)) state.edge = "top";
  else if (/\\i[01]/.test(markup)) state.italic = markup.includes("\\i1") ? 1 : 0;
}

/** Parses the rows of one caption. A row counts as italic or underlined when all of its text is. */
export function parseMarkup(rows: readonly string[]): MarkedText {
  if (!rows.some((row) => row.includes("<") || row.includes("{\\"))) {
    return { lines: rows.map(tidy).filter((line) => line !== "") };
  }
  const state: MarkupState = { italic: 0, underline: 0, edge: undefined, speaker: undefined };
  const lines: string[] = [];
  const styles: LineStyle[] = [];
  for (const row of rows) {
    let text = "";
    let isItalic = true;
    let isUnderlined = true;
    let from = 0;
    const take = (part: string): void => {
      text += part;
      if (part.trim() === "") return;
      isItalic &&= state.italic > 0;
      isUnderlined &&= state.underline > 0;
    };
    for (const match of row.matchAll(tag)) {
      take(row.slice(from, match.index));
      apply(match[0], state);
      from = match.index + match[0].length;
    }
    take(row.slice(from));
    const line = tidy(text);
    if (line === "") continue;
    lines.push(line);
    styles.push({ ...(isItalic ? { italic: true } : {}), ...(isUnderlined ? { underline: true } : {}) });
  }
  return {
    lines,
    ...(styles.some(({ italic, underline }) => italic || underline) ? { styles } : {}),
    ...(state.edge === undefined ? {} : { edge: state.edge }),
    ...(state.speaker === undefined ? {} : { speaker: state.speaker }),
  };
}

/** Escapes characters that are markup in WebVTT and XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Adds `<i>` and `<u>` tags around a line according to its style. */
export function withTags(text: string, style: LineStyle | undefined): string {
  const underlined = style?.underline ? `<u>${text}</u>` : text;
  return style?.italic ? `<i>${underlined}</i>` : underlined;
}
