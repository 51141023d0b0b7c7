/** Updates issues and score in the store a moment after the last edit; while typing they are not needed. */
import type { Change } from "../../../electron/captions/editing/change.ts";
import type { CaptionDocument } from "../../../electron/captions/editing/document.ts";
import { wholeIssues } from "../../../electron/captions/editing/document-issues.ts";
import type { CaptionProfile } from "../../../electron/captions/quality/caption-profile.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { DocumentStore } from "./document-store.ts";
import { Quality } from "./quality.ts";

/** Delay from the last edit to the check, in milliseconds. */
const delayMs = 150;

export class QualityChecks {
  readonly #captions: DocumentStore;
  readonly #profile: CaptionProfile;
  #facts: RecordingFacts;
  #quality: Quality;
  #timer: number | undefined;
  /** How many changes there were, and of how many the issues of all captions together know. */
  #changes = 0;
  #knownChanges = 0;

  constructor(captions: DocumentStore, facts: RecordingFacts, profile: CaptionProfile) {
    this.#captions = captions;
    this.#facts = facts;
    this.#profile = profile;
    this.#quality = new Quality(captions.document, facts, profile);
  }

  /** Starts over with other facts, because a part of the meeting was heard again. */
  setFacts(facts: RecordingFacts): void {
    this.#facts = facts;
    this.reset(this.#captions.document);
  }

  /** Starts over with another document. */
  reset(document: CaptionDocument): void {
    this.#quality = new Quality(document, this.#facts, this.#profile);
    this.#changes = 0;
    this.#knownChanges = -1;
    this.#checkSoon();
  }

  update(change: Change, document: CaptionDocument): void {
    this.#changes++;
    this.#quality.update(document, change);
    this.#checkSoon();
  }

  /**
   * Sets the issues that only a check of all captions together can find.
   * @param changes how many changes since the captions were opened or replaced they know of
   */
  setWhole(issues: readonly Issue[], changes: number): void {
    this.#quality.setWhole(issues);
    this.#knownChanges = changes;
    this.#checkSoon();
  }

  check(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    const { issues, score } = this.#quality.check(this.#captions.document);
    this.#captions.store.setState({ issues, score });
  }

  /**
   * Does a check that is still to come at once, for a command that acts on the issues. That of all captions together, which
   * takes a tenth of a second in a long meeting, only if the worker has not seen the last edit.
   */
  flush(): void {
    if (this.#knownChanges !== this.#changes) {
      this.#quality.setWhole(wholeIssues(this.#captions.document, this.#facts, this.#profile));
      this.#knownChanges = this.#changes;
      this.check();
    } else if (this.#timer !== undefined) this.check();
  }

  #checkSoon(): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.check(), delayMs);
  }

  close(): void {
    window.clearTimeout(this.#timer);
  }
}
