/** Writes captions in any format of the registry. */
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import { labelSpeakers } from "../segmentation/speaker-labels.ts";
import type { CaptionContent } from "./caption-format.ts";
import { type CaptionFormatName, captionFormats } from "./format-names.ts";
import { formatRegistry } from "./format-registry.ts";

/**
 * The text of a caption file. Where a format keeps no speakers, their labels are written into the text.
 * @param profile the rules that SCC is encoded by, and how speakers are labeled
 */
export function writeCaptions(
  format: CaptionFormatName,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
): string {
  const cues = captionFormats[format].keepsSpeakers ? content.cues : labelSpeakers(content.cues, profile);
  return formatRegistry[format].write({ ...content, cues }, profile);
}
