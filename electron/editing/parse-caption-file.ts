/** Bytes of a caption file as captions. */

import type { ReadOptions } from "../captions/formats/caption-format.ts";
import { type CaptionFileContent, readCaptions } from "../captions/formats/read.ts";
import { createIssue } from "../captions/quality/issue.ts";
import { decodeText } from "../platform/text-encoding/decode-text.ts";

/**
 * Decodes and reads a caption file. Which code page was assumed is one of its issues.
 * @throws NotCaptionsError
 */
export function parseCaptionFile(bytes: Uint8Array, options: ReadOptions): CaptionFileContent {
  const { text, codePage } = decodeText(bytes);
  // The mark is no text, but before SCC it is a fault of the file, which its reader tells.
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? "\uFEFF" : "";
  const content = readCaptions(mark + text, options, bytes);
  if (codePage === undefined) return content;
  const assumed = createIssue("other-encoding", `the file is not in UTF-8; it was read as ${codePage}`);
  return { ...content, issues: [assumed, ...content.issues] };
}
