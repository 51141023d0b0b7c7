/** Markup of SRT and WebVTT for the looks that captions have. */

import { toStyleRuns } from "../../character-style.ts";
import type { CueRow, TextColor } from "../../cue.ts";

/** Escapes characters that are markup in WebVTT and XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/**
 * Escapes text for XML 1.0, which allows no control characters but tab and line ends, no lone surrogates and neither
 * U+FFFE nor U+FFFF.
 */
export function escapeXml(text: string): string {
  const allowed = text.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, " ");
  return escapeMarkup(allowed).replace(/"/g, "&quot;");
}

/**
 * A row with `<i>`, `<u>` and a color's tags around the parts that are written so.
 * @param toText the text as the format writes it
 * @param toColored a text with the format's tags of a color
 */
export function withTags(
  row: CueRow,
  toText: (text: string) => string,
  toColored: (text: string, color: TextColor) => string,
): string {
  return toStyleRuns(row.text, row)
    .map(({ text, style: { italic, underline, color } }) => {
      // Tags around the words only: blanks at the ends of a part have no looks.
      const words = text.trim();
      if (words === "") return text;
      const before = text.slice(0, text.indexOf(words));
      const after = text.slice(before.length + words.length);
      const colored = color === undefined ? toText(words) : toColored(toText(words), color);
      const underlined = underline ? `<u>${colored}</u>` : colored;
      return `${before}${italic ? `<i>${underlined}</i>` : underlined}${after}`;
    })
    .join("");
}
