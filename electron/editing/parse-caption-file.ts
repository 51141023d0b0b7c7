/** Bytes of a caption file as captions. */
import type { ReadOptions } from "../captions/formats/caption-format.ts";
import type { CaptionFileContent } from "../captions/formats/read.ts";
import { readCaptionBytes } from "../captions/formats/read-bytes.ts";
import { createIssue } from "../captions/quality/issue.ts";
import { decodeText } from "../platform/text-encoding/decode-text.ts";

/**
 * Decodes and reads a caption file. Which code page was assumed is one of its issues.
 * @throws NotCaptionsError
 */
export function parseCaptionFile(bytes: Uint8Array, options: ReadOptions): CaptionFileContent {
  let codePage: string | undefined;
  const decode = (all: Uint8Array): string => {
    const decoded = decodeText(all);
    codePage = decoded.codePage;
    // The mark is no text, but before SCC it is a fault of the file, which its reader tells.
    const isMarked = all[0] === 0xef && all[1] === 0xbb && all[2] === 0xbf;
    return isMarked ? `\uFEFF${decoded.text}` : decoded.text;
  };
  const content = readCaptionBytes(bytes, decode, options);
  if (codePage === undefined) return content;
  const assumed = createIssue("other-encoding", `the file is not in UTF-8; it was read as ${codePage}`);
  return { ...content, issues: [assumed, ...content.issues] };
}
