/** What an edit looks at. */
import type { CueProfile } from "../quality/caption-profile.ts";
import type { CaptionDocument } from "./document.ts";

export interface EditContext {
  readonly document: CaptionDocument;
  readonly profile: CueProfile;
}
