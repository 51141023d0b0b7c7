/** The input of an edit: the document, the cue profile and who makes it. */
import type { CueProfile } from "../quality/caption-profile.ts";
import type { CaptionDocument } from "./document.ts";

/** Who makes an edit, and when (ISO 8601): a statement about the recording keeps both. */
export interface EditAuthor {
  readonly by: string;
  readonly date: string;
}

export interface EditContext {
  readonly document: CaptionDocument;
  readonly profile: CueProfile;
  readonly author: EditAuthor | undefined;
}
