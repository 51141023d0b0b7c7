/** Writes captions in any format of the registry. */
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import type { WriteOptions } from "./caption-format.ts";
import { captionFormats, type WrittenFormatName, type WrittenTextFormatName } from "./format-names.ts";
import { binaryFormatRegistry, formatRegistry } from "./format-registry.ts";
import type { CaptionContent } from "./json.ts";

/** The text of a caption file. @param profile the rules that SCC is encoded by */
export function writeCaptions(
  format: WrittenTextFormatName,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
  options: WriteOptions = {},
): string {
  return formatRegistry[format].write(content, profile, options);
}

const isText = (format: WrittenFormatName): format is WrittenTextFormatName =>
  captionFormats[format].content === "text";

/** The content of a caption file of any format: a text, or the bytes of a binary one. */
export function writeCaptionFile(
  format: WrittenFormatName,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
  options: WriteOptions = {},
): string | Uint8Array {
  if (isText(format)) return writeCaptions(format, content, profile, options);
  return binaryFormatRegistry[format].writeBytes(content, profile, options);
}
