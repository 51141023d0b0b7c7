/** Messages between the page and the editor's worker, which does everything that takes longer than a frame. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { DecodedCaption } from "../../../electron/captions/scc/decode.ts";

export type ToWorker =
  | {
      readonly kind: "open";
      readonly document: CaptionDocument;
      readonly profile: CaptionProfile;
      /** What the checks of all captions together need to know. */
      readonly facts: RecordingFacts;
    }
  | { readonly kind: "change"; readonly change: Change }
  | {
      readonly kind: "dictionary";
      readonly affixes: string;
      readonly dictionary: string;
      /** Names of the city, and words that people have added. */
      readonly known: readonly string[];
    }
  /** Looks up which of the words the dictionary does not contain. */
  | { readonly kind: "spell"; readonly words: readonly string[] }
  /** A person has added a word. */
  | { readonly kind: "learn"; readonly word: string }
  | { readonly kind: "suggest"; readonly id: number; readonly word: string };

export type FromWorker =
  /** The captions as a viewer sees them, and the issues that only a check of all captions together can find. */
  | {
      readonly kind: "seen";
      readonly captions: readonly DecodedCaption[];
      readonly issues: readonly Issue[];
      /** How many changes since it was opened they know of. */
      readonly changes: number;
    }
  | { readonly kind: "spelled"; readonly unknown: readonly string[] }
  | { readonly kind: "no-dictionary"; readonly reason: string }
  | { readonly kind: "suggested"; readonly id: number; readonly words: readonly string[] };
