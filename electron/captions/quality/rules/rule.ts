/** What a rule about a cue is: a pure function over the cue, its neighbours and what is known of the recording. */
import type { Cue } from "../../cue.ts";
import type { CueProfile } from "../caption-profile.ts";
import type { DocumentFacts } from "../document-facts.ts";
import type { RuleName } from "../rules.ts";
import type { Severity } from "../severity.ts";

/** What a rule is given. */
export interface CueContext {
  readonly cue: Cue;
  readonly index: number;
  readonly previous: Cue | undefined;
  readonly next: Cue | undefined;
  readonly cues: readonly Cue[];
  readonly profile: CueProfile;
  readonly facts: DocumentFacts;
}

/** What a rule found. */
export interface RuleFinding {
  readonly message: string;
  /** Where a rule has two degrees. */
  readonly severity?: Severity;
}

export interface CueRule {
  readonly name: RuleName;
  readonly check: (context: CueContext) => readonly RuleFinding[];
}

/** Times are rounded to frames and milliseconds; a limit that is missed by less is kept. */
export const toleranceMs = 34;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
