/** Reads captions from a file that a user provides. */
import { type CaptionFileContent, NotCaptionsError } from "../captions/formats/read.ts";
import { readCaptionBytes } from "../captions/formats/read-bytes.ts";
import type { SccReadOptions } from "../captions/formats/scc-read.ts";
import { ArchivistError } from "../contract/errors.ts";
import { decodeText } from "../platform/decode-text.ts";

/**
 * Parses captions of any supported format.
 * @param name of the file, for the error
 * @throws ArchivistError `captions.unreadable`
 */
export function parseCaptionFile(name: string, bytes: Uint8Array, options?: SccReadOptions): CaptionFileContent {
  try {
    return readCaptionBytes(bytes, decodeText, options);
  } catch (thrown) {
    if (!(thrown instanceof NotCaptionsError)) throw thrown;
    throw new ArchivistError("captions.unreadable", { subject: name, cause: thrown.message });
  }
}
