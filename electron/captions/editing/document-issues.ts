/** Open issues of a caption document: those found by the rules, without warnings that were dismissed with a reason. */
import type { CaptionProfile } from "../quality/caption-profile.ts";
import type { DocumentFacts, RecordingFacts } from "../quality/document-facts.ts";
import { findDocumentIssues, findIssues } from "../quality/find-issues.ts";
import type { Issue } from "../quality/issue.ts";
import { indexAt } from "../time/index-at.ts";
import type { TimeSpan } from "../time/span.ts";
import type { CaptionDocument, Mark } from "./document.ts";

/** Indexes of the captions that a person has reviewed. */
export const reviewedIn = ({ cues }: CaptionDocument): ReadonlySet<number> =>
  new Set(cues.flatMap(({ reviewed }, index) => (reviewed ? [index] : [])));

/** Spans of which a person has said that nobody speaks in them. */
export const listNoSpeech = (marks: readonly Omit<Mark, "id">[]): readonly TimeSpan[] =>
  marks.flatMap(({ kind, atMs, untilMs }) =>
    kind === "no-speech" && untilMs !== undefined ? [{ startMs: atMs, endMs: untilMs }] : [],
  );

/** What is known of a recording, and what people have said of this document. */
const toDocumentFacts = (document: CaptionDocument, facts: RecordingFacts): DocumentFacts => ({
  ...facts,
  reviewed: reviewedIn(document),
  noSpeech: listNoSpeech(document.marks),
});

/** Id of the caption of an issue; for an issue of the recording, the caption that is shown at its time. */
export function cueOfIssue({ cues }: CaptionDocument, { cue, atMs = 0 }: Issue): number | undefined {
  return cues[cue ?? Math.max(0, indexAt(cues, atMs))]?.id;
}

/** The entries of a `ticks` command for warnings; warnings without a caption are left out. */
export function findDismissals(document: CaptionDocument, issues: readonly Issue[]) {
  return issues.flatMap((issue) => {
    const cue = cueOfIssue(document, issue);
    return cue === undefined ? [] : [{ rule: issue.rule, atMs: Math.round(issue.atMs ?? 0), cue }];
  });
}

/** Issues of the document as a whole, and those of the recording. */
export const wholeIssues = (
  document: CaptionDocument,
  facts: RecordingFacts,
  profile: CaptionProfile,
): readonly Issue[] => findDocumentIssues(document.cues, toDocumentFacts(document, facts), profile);

/** Open issues ordered by time, without dismissed warnings. Each dismissal applies to one rule in one caption. */
export function openIssues(document: CaptionDocument, found: readonly Issue[]): readonly Issue[] {
  const dismissed = new Set(document.marks.flatMap(({ kind, rule, cue }) => (kind === "tick" ? `${rule} ${cue}` : [])));
  return found
    .filter((issue) => issue.severity === "error" || !dismissed.has(`${issue.rule} ${cueOfIssue(document, issue)}`))
    .toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

/** All open issues of a document, for creating a version. */
export const checkDocument = (
  document: CaptionDocument,
  facts: RecordingFacts,
  profile: CaptionProfile,
): readonly Issue[] => openIssues(document, findIssues(document.cues, toDocumentFacts(document, facts), profile));
