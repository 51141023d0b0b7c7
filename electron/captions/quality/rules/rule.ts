/** What a rule is: a pure function over a cue and its neighbours. */
import type { Cue } from "../../cue.ts";
import type { CueProfile } from "../../segmentation/profile.ts";
import type { TimeSpan } from "../../time/span.ts";
import type { Word } from "../../word.ts";
import type { Severity } from "../issue.ts";

/** The checks of the system that the rules belong to; each has its part of the score. */
export const ruleGroups = [
  "file-integrity",
  "scc-format",
  "timestamp-accuracy",
  "content-completeness",
  "audio-quality",
  "caption-accuracy",
  "speaker-identification",
] as const;
export type RuleGroup = (typeof ruleGroups)[number];

/** What is known of the recording besides the captions; what is not known is not checked. */
export interface RecordingFacts {
  readonly durationMs?: number;
  /** Stretches without sound, in order. */
  readonly silences?: readonly TimeSpan[];
  /** What was recognised, in order. */
  readonly words?: readonly Word[];
  /** Names as they are spelt here: members of the council, streets, departments. */
  readonly glossary?: readonly string[];
  /** Indexes of cues whose words a person has looked at. */
  readonly reviewed?: ReadonlySet<number>;
  /** True once the speakers have names. */
  readonly speakersKnown?: boolean;
}

/** Where a rule looks. */
export interface CueContext {
  readonly cue: Cue;
  readonly index: number;
  readonly previous: Cue | undefined;
  readonly next: Cue | undefined;
  readonly cues: readonly Cue[];
  readonly profile: CueProfile;
  readonly facts: RecordingFacts;
}

/** What a rule found. */
export interface RuleFinding {
  readonly message: string;
  readonly remedy: string;
  /** Where a rule has two degrees. */
  readonly severity?: Severity;
}

export interface CueRule {
  /** Stable: profiles and filters name it. */
  readonly name: string;
  readonly group: RuleGroup;
  /** What it is unless the station's profile says otherwise. */
  readonly severity: Severity;
  readonly check: (context: CueContext) => readonly RuleFinding[];
}

/** Times are rounded to frames and milliseconds; a limit that is missed by less is kept. */
export const toleranceMs = 34;

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
