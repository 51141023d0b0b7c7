/** What the rules find in captions under correction, less what somebody has accepted with a reason. */
import { CueChecker } from "../quality/checker.ts";
import { encoderIssue } from "../quality/encoder-rules.ts";
import type { Issue } from "../quality/issue.ts";
import type { RecordingFacts } from "../quality/rules/rule.ts";
import type { StationProfile } from "../quality/station-profile.ts";
import { encodeScc } from "../scc/encode.ts";
import { type CaptionDocument, indexAt } from "./document.ts";

/** What is known of the recording that no edit changes. */
export interface MeetingFacts extends Omit<RecordingFacts, "reviewed"> {
  /** What recognition itself doubts, in order. */
  readonly doubts?: readonly Issue[];
}

/** Indexes of the captions that somebody stands for. */
export const reviewedIn = ({ cues }: CaptionDocument): ReadonlySet<number> =>
  new Set(cues.flatMap(({ reviewed }, index) => (reviewed ? [index] : [])));

/** The caption that an issue is about; of one about the recording, the caption that is shown there. */
export function cueOfIssue({ cues }: CaptionDocument, { cue, atMs = 0 }: Issue): number | undefined {
  return cues[cue ?? Math.max(0, indexAt(cues, atMs))]?.id;
}

/** What a `ticks` command says of warnings; those that no caption is near are left out. */
export function findDismissals(document: CaptionDocument, issues: readonly Issue[]) {
  return issues.flatMap((issue) => {
    const cue = cueOfIssue(document, issue);
    return cue === undefined ? [] : [{ rule: issue.rule, atMs: Math.round(issue.atMs ?? 0), cue }];
  });
}

/** What only all captions together show: whether they can be loaded in time; and what is about the recording. */
export function wholeIssues(document: CaptionDocument, facts: MeetingFacts, profile: StationProfile): readonly Issue[] {
  const { notes } = encodeScc(document.cues, { profile: profile.cues });
  const reviewed = reviewedIn(document);
  // Whoever has accepted the captions of a place has listened to it.
  const doubts = (facts.doubts ?? []).filter(({ atMs }) => !reviewed.has(indexAt(document.cues, atMs ?? 0)));
  return [...notes.map(encoderIssue).filter((issue) => issue !== undefined), ...doubts];
}

/** Open issues by their time, without warnings that were ticked off. Each tick is for one rule in one caption. */
export function openIssues(document: CaptionDocument, found: readonly Issue[]): readonly Issue[] {
  const ticked = new Set(document.marks.flatMap(({ kind, rule, cue }) => (kind === "tick" ? `${rule} ${cue}` : [])));
  return found
    .filter((issue) => issue.severity === "error" || !ticked.has(`${issue.rule} ${cueOfIssue(document, issue)}`))
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
