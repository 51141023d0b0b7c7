/** Writes captions in any format of the registry. */
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import type { CaptionContent } from "./caption-format.ts";
import type { CaptionFormatName } from "./format-names.ts";
import { formatRegistry } from "./format-registry.ts";

/** The text of a caption file. @param profile the rules that SCC is encoded by */
export function writeCaptions(
  format: CaptionFormatName,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
): string {
  return formatRegistry[format].write(content, profile);
}
