/** What the rules find in captions under correction, less what somebody has accepted with a reason. */
import { CueChecker } from "../quality/checker.ts";
import { encoderIssue } from "../quality/encoder-rules.ts";
import type { Issue } from "../quality/issue.ts";
import type { RecordingFacts } from "../quality/rules/rule.ts";
import type { StationProfile } from "../quality/station-profile.ts";
import { encodeScc } from "../scc/encode.ts";
import { type CaptionDocument, indexAt, type Mark } from "./document.ts";

/** What is known of the recording that no edit changes. */
export interface MeetingFacts extends Omit<RecordingFacts, "reviewed"> {
  /** What recognition itself doubts, in order. */
  readonly doubts?: readonly Issue[];
}

/** Indexes of the captions that somebody stands for. */
export const reviewedIn = ({ cues }: CaptionDocument): ReadonlySet<number> =>
  new Set(cues.flatMap(({ reviewed }, index) => (reviewed ? [index] : [])));

/** True when a tick accepts an issue. A tick without a caption accepts every warning of its rule; of `*`, every one. */
export function isTicked({ severity, rule, cue }: Issue, ticks: readonly Mark[], cueId: number | undefined): boolean {
  if (severity === "error") return false;
  return ticks.some(
    (tick) =>
      tick.rule === "*" ||
      (tick.rule === rule && (tick.cue === undefined || (cue !== undefined && tick.cue === cueId))),
  );
}

/** What only all captions together show: whether they can be loaded in time; and what is about the recording. */
export function wholeIssues(document: CaptionDocument, facts: MeetingFacts, profile: StationProfile): readonly Issue[] {
  const { notes } = encodeScc(document.cues, { profile: profile.cues });
  const reviewed = reviewedIn(document);
  // Whoever has accepted the captions of a place has listened to it.
  const doubts = (facts.doubts ?? []).filter(({ atMs }) => !reviewed.has(indexAt(document.cues, atMs ?? 0)));
  return [...notes.map(encoderIssue).filter((issue) => issue !== undefined), ...doubts];
}

/** Open issues by their time, without what has been ticked off. */
export function openIssues(document: CaptionDocument, found: readonly Issue[]): readonly Issue[] {
  const ticks = document.marks.filter(({ kind }) => kind === "tick");
  return found
    .filter((issue) => !isTicked(issue, ticks, issue.cue === undefined ? undefined : document.cues[issue.cue]?.id))
    .toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

/** Everything at once, for a version that is about to be kept. */
export function checkDocument(
  document: CaptionDocument,
  facts: MeetingFacts,
  profile: StationProfile,
): readonly Issue[] {
  const checker = new CueChecker(document.cues, { ...facts, reviewed: reviewedIn(document) }, profile);
  return openIssues(document, [...checker.issues(), ...wholeIssues(document, facts, profile)]);
}
