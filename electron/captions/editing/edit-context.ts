/** What an edit looks at. */
import type { CueProfile } from "../segmentation/profile.ts";
import type { CaptionDocument } from "./document.ts";

export interface EditContext {
  readonly document: CaptionDocument;
  readonly profile: CueProfile;
}
