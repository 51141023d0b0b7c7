/** The input of an edit: the document and the cue profile. */
import type { CueProfile } from "../quality/caption-profile.ts";
import type { CaptionDocument } from "./document.ts";

export interface EditContext {
  readonly document: CaptionDocument;
  readonly profile: CueProfile;
}
