/** Writes captions in any format of the registry. */
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import { labelSpeakers } from "../segmentation/speaker-labels.ts";
import type { CaptionContent, WriteOptions } from "./caption-format.ts";
import { captionFormats, type WrittenFormatName, type WrittenTextFormatName } from "./format-names.ts";
import { binaryFormatRegistry, formatRegistry } from "./format-registry.ts";

/** The captions as a format has them: where it keeps no speakers, their labels are in the text. */
function withLabels(format: WrittenFormatName, content: CaptionContent, profile: CueProfile): CaptionContent {
  return captionFormats[format].keepsSpeakers ? content : { ...content, cues: labelSpeakers(content.cues, profile) };
}

/**
 * The text of a caption file. Where a format keeps no speakers, their labels are written into the text.
 * @param profile the rules that line 21 is encoded by, and how speakers are labeled
 */
export function writeCaptions(
  format: WrittenTextFormatName,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
  options: WriteOptions = {},
): string {
  return formatRegistry[format].write(withLabels(format, content, profile), profile, options);
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
  return binaryFormatRegistry[format].writeBytes(withLabels(format, content, profile), profile, options);
}
