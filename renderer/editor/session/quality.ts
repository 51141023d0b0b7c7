/**
 * Quality issues, updated incrementally with every edit: those of single captions at once, those of all captions
 * together a moment later.
 */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import { openIssues, reviewedIn } from "../../../electron/captions/editing/document-issues.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { CueChecker } from "../../../electron/captions/quality/checker.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { scoreCaptions } from "../../../electron/captions/quality/score.ts";

/** An edit with more splices than this triggers a check of all captions. */
const maxSplices = 20;

export class Quality {
  readonly #facts: RecordingFacts;
  readonly #profile: CaptionProfile;
  #checker: CueChecker;
  /** Issues that only a check of all captions together can find. */
  #whole: readonly Issue[] = [];

  constructor(document: CaptionDocument, facts: RecordingFacts, profile: CaptionProfile) {
    this.#facts = facts;
    this.#profile = profile;
    this.#checker = this.#createChecker(document);
  }

  #createChecker(document: CaptionDocument): CueChecker {
    return new CueChecker(document.cues, { ...this.#facts, reviewed: reviewedIn(document) }, this.#profile);
  }

  /** Updates the checks for the captions that an edit has changed. */
  update(document: CaptionDocument, { cues }: Change): void {
    if (cues.length > maxSplices) {
      this.#checker = this.#createChecker(document);
      return;
    }
    const facts = { ...this.#facts, reviewed: reviewedIn(document) };
    let moved = 0;
    for (const { at, removed, inserted } of cues) {
      this.#checker.update(document.cues, at + moved, removed.length, inserted.length, facts);
      moved += inserted.length - removed.length;
    }
  }

  setWhole(issues: readonly Issue[]): void {
    this.#whole = issues;
  }

  /** Open issues and the score. */
  check(document: CaptionDocument): { readonly issues: readonly Issue[]; readonly score: number } {
    const issues = openIssues(document, [...this.#checker.issues(), ...this.#whole]);
    return { issues, score: scoreCaptions(document.cues, issues, this.#profile, this.#facts).overall };
  }
}
