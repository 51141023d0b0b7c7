/** Character references: every name that HTML has, and numbers (HTML §13.5). */
import { decodeHTML, decodeHTMLStrict } from "entities/decode";

/**
 * Resolves the references of a text.
 * @param needsSemicolon false where a few old names also count without one, as HTML and WebVTT have it
 */
export function decodeEntities(text: string, needsSemicolon = true): string {
  if (!text.includes("&")) return text;
  return needsSemicolon ? decodeHTMLStrict(text) : decodeHTML(text);
}
