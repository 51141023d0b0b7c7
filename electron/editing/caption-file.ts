/** Reads captions from a file that a user provides. */
import { type CaptionFileContent, NotCaptionsError, readCaptions } from "../captions/formats/read.ts";
import type { SccReadOptions } from "../captions/formats/scc-read.ts";
import { ArchivistError } from "../contract/errors.ts";

/**
 * Parses captions of any supported format.
 * @param name of the file, for the error
 * @throws ArchivistError `captions.unreadable`
 */
export function parseCaptionFile(name: string, text: string, options?: SccReadOptions): CaptionFileContent {
  try {
    return readCaptions(text, options);
  } catch (thrown) {
    if (!(thrown instanceof NotCaptionsError)) throw thrown;
    throw new ArchivistError("captions.unreadable", { subject: name, cause: thrown.message });
  }
}
