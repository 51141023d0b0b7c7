/** What the rules find, kept up to date with every edit: of single captions at once, of all together a moment later. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import { openIssues, reviewedIn } from "../../../electron/captions/editing/document-issues.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { CueChecker } from "../../../electron/captions/quality/checker.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import { scoreCaptions } from "../../../electron/captions/quality/score.ts";

/** An edit of more places than this is checked as a whole. */
const maxSplices = 20;

export class Quality {
  readonly #facts: RecordingFacts;
  readonly #profile: CaptionProfile;
  #checker: CueChecker;
  /** What only all captions together show. */
  #whole: readonly Issue[] = [];

  constructor(document: CaptionDocument, facts: RecordingFacts, profile: CaptionProfile) {
    this.#facts = facts;
    this.#profile = profile;
    this.#checker = this.#createChecker(document);
  }

  #createChecker(document: CaptionDocument): CueChecker {
    return new CueChecker(document.cues, { ...this.#facts, reviewed: reviewedIn(document) }, this.#profile);
  }

  /** Takes the captions after an edit. */
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
