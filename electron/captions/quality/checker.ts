/**
 * Runs the rules over cues, and after an edit only over the cues that it touched. (Whether the captions can be loaded
 * in time depends on all of them: the encoder tells that, in a tenth of a second for a long meeting.)
 */
import type { Cue } from "../cue.ts";
import { type CaptionProfile, captionProfiles } from "./caption-profile.ts";
import type { DocumentFacts } from "./document-facts.ts";
import type { Issue } from "./issue.ts";
import { layoutRules } from "./rules/layout.ts";
import type { CueContext, CueRule } from "./rules/rule.ts";
import { speechRules } from "./rules/speech.ts";
import { textRules } from "./rules/text.ts";
import { timingRules } from "./rules/timing.ts";
import { rules } from "./rules.ts";

/** Every rule over cues, in the order in which their issues are listed. */
export const cueRules: readonly CueRule[] = [...layoutRules, ...timingRules, ...textRules, ...speechRules];

/** How far a rule looks: an edit of one cue can change what is found in this many on either side. */
const reach = 2;

const nothing: readonly Issue[] = [];

/** Keeps the issues of a list of cues up to date. */
export class CueChecker {
  readonly #profile: CaptionProfile;
  #facts: DocumentFacts;
  #cues: readonly Cue[];
  #found: (readonly Issue[])[];

  constructor(cues: readonly Cue[], facts: DocumentFacts = {}, profile: CaptionProfile = captionProfiles.standard) {
    this.#profile = profile;
    this.#facts = facts;
    this.#cues = cues;
    this.#found = cues.map((_, index) => this.#check(index));
  }

  /** All issues, in the order of the cues. */
  issues(): readonly Issue[] {
    return this.#found.flatMap((issues, cue) => issues.map((issue) => ({ ...issue, cue })));
  }

  /**
   * Takes the cues after an edit and checks again what the edit can have changed.
   * @param from index of the first cue that is not the same
   * @param removed how many of the old cues the edit replaced
   * @param inserted how many cues stand in their place
   * @param facts what is known now, where the edit changed that (ticks)
   * @returns how many cues were checked
   */
  update(
    cues: readonly Cue[],
    from: number,
    removed: number,
    inserted: number,
    facts: DocumentFacts = this.#facts,
  ): number {
    this.#cues = cues;
    this.#facts = facts;
    this.#found = [
      ...this.#found.slice(0, from),
      ...new Array<readonly Issue[]>(inserted).fill(nothing),
      ...this.#found.slice(from + removed),
    ];
    const first = Math.max(0, from - reach);
    const last = Math.min(cues.length - 1, from + inserted - 1 + reach);
    for (let index = first; index <= last; index++) this.#found[index] = this.#check(index);
    return Math.max(0, last - first + 1);
  }

  #check(index: number): readonly Issue[] {
    const cues = this.#cues;
    const context: CueContext = {
      cue: cues[index] as Cue,
      index,
      previous: cues[index - 1],
      next: cues[index + 1],
      cues,
      profile: this.#profile.cues,
      facts: this.#facts,
    };
    const issues: Issue[] = [];
    for (const { name, check } of cueRules) {
      const chosen = this.#profile.severities[name];
      if (chosen === "off") continue;
      for (const { message, severity } of check(context)) {
        issues.push({
          severity: chosen ?? severity ?? rules[name].severity,
          rule: name,
          message,
          remedy: rules[name].remedy,
          atMs: context.cue.startMs,
        });
      }
    }
    return issues.length === 0 ? nothing : issues;
  }
}

/** Checks all cues once. */
export function checkCues(
  cues: readonly Cue[],
  profile: CaptionProfile = captionProfiles.standard,
  facts: DocumentFacts = {},
): readonly Issue[] {
  return new CueChecker(cues, facts, profile).issues();
}
