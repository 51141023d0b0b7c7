/**
 * How good captions are, from 0 to 1: the checks of the legacy product, each with its part of the
 * score. What cannot be known (no recording at hand, no speakers named) is not counted, rather than counted as good.
 */
import type { Cue } from "../cue.ts";
import { during, type TimeSpan, totalMs } from "../time/span.ts";
import type { CaptionProfile } from "./caption-profile.ts";
import type { RecordingFacts } from "./document-facts.ts";
import type { Issue } from "./issue.ts";
import { type RuleGroup, ruleGroups, rules } from "./rules.ts";

export interface QualityScore {
  /** Mean of the groups that count; 0 to 1. */
  readonly overall: number;
  readonly groups: Readonly<Partial<Record<RuleGroup, number>>>;
  /** True when the mark is reached and nothing blocks publishing. */
  readonly passed: boolean;
}

/** What an issue costs the cue that it is about; a cue cannot lose more than itself. */
const costs = { error: 1, warning: 0.25 } as const;

function lossByGroup(issues: readonly Issue[]): ReadonlyMap<RuleGroup, number> {
  const byCue = new Map<string, number>();
  for (const { rule, severity, cue, atMs } of issues) {
    const { group } = rules[rule];
    const key = `${group} ${cue ?? atMs ?? 0}`;
    byCue.set(key, Math.min(1, (byCue.get(key) ?? 0) + costs[severity]));
  }
  const losses = new Map<RuleGroup, number>();
  for (const [key, loss] of byCue) {
    const group = key.slice(0, key.indexOf(" ")) as RuleGroup;
    losses.set(group, (losses.get(group) ?? 0) + loss);
  }
  return losses;
}

/** The part of the words that a caption covers, 0 to 1. */
function coverage(cues: readonly Cue[], words: readonly TimeSpan[]): number {
  let index = 0;
  let covered = 0;
  for (const { startMs, endMs } of words) {
    const middle = (startMs + endMs) / 2;
    while (index < cues.length && (cues[index] as Cue).endMs < middle) index++;
    const cue = cues[index];
    if (cue !== undefined && cue.startMs <= middle) covered++;
  }
  return covered / words.length;
}

/** The part of the speech that lies in no gap, 0 to 1. */
function captionedShare(speech: readonly TimeSpan[], issues: readonly Issue[]): number {
  const missingMs = issues.reduce((sum, { rule, atMs = 0, untilMs = atMs }) => {
    if (rule !== "speech-without-caption") return sum;
    const place = { startMs: atMs, endMs: untilMs };
    return (
      sum +
      during(speech, place).reduce(
        (ms, { startMs, endMs }) => ms + Math.min(endMs, untilMs) - Math.max(startMs, atMs),
        0,
      )
    );
  }, 0);
  return 1 - Math.min(1, missingMs / Math.max(1, totalMs(speech)));
}

/** Scores captions by what was found in them. */
export function scoreCaptions(
  cues: readonly Cue[],
  issues: readonly Issue[],
  profile: CaptionProfile,
  facts: RecordingFacts = {},
): QualityScore {
  const losses = lossByGroup(issues);
  const groups: Partial<Record<RuleGroup, number>> = {};
  const byIssues = (group: RuleGroup): number => Math.max(0, 1 - (losses.get(group) ?? 0) / Math.max(1, cues.length));
  for (const group of ruleGroups) groups[group] = byIssues(group);
  const { words, speech } = facts;
  if (words !== undefined && words.length > 0) {
    groups["content-completeness"] = Math.min(byIssues("content-completeness"), coverage(cues, words));
    groups["audio-quality"] = words.reduce((sum, { probability }) => sum + probability, 0) / words.length;
  } else {
    delete groups["audio-quality"];
  }
  if (words !== undefined && words.length === 0) groups["content-completeness"] = 0;
  if (speech !== undefined) {
    groups["content-completeness"] = Math.min(groups["content-completeness"] ?? 1, captionedShare(speech, issues));
  }
  if (facts.speakersKnown !== true) delete groups["speaker-identification"];
  const counted = Object.values(groups);
  const overall = counted.reduce((sum, score) => sum + score, 0) / Math.max(1, counted.length);
  // No rule finds anything in a file without captions; it is worth nothing all the same.
  if (cues.length === 0) return { overall: 0, groups, passed: false };
  const hasErrors = issues.some(({ severity }) => severity === "error");
  return { overall, groups, passed: !hasErrors && overall >= profile.passMark };
}
