/**
 * The quality engine: every issue of a document, for the pipeline, the editor, approval and the command line alike.
 * Issues of single cues are kept up to date by `CueChecker` while captions are edited; the others depend on all
 * captions together and are found here.
 */
import type { Cue } from "../cue.ts";
import { type EncodeOptions, encodeScc } from "../scc/encode.ts";
import { indexAt } from "../time/index-at.ts";
import type { CaptionProfile } from "./caption-profile.ts";
import { checkCues } from "./checker.ts";
import type { DocumentFacts } from "./document-facts.ts";
import { encoderIssue } from "./encoder-issues.ts";
import type { Issue } from "./issue.ts";
import { findMissingPartIssues } from "./missing-part-issues.ts";
import { findSpeechGapIssues } from "./speech-gap-issues.ts";

/** How captions would be encoded, where that is not by the profile alone; false: they are encoded already (SCC). */
export type EncodingToCheck = Partial<EncodeOptions> | false;

/** Issues that only all captions together show, and those of the recording. */
export function findDocumentIssues(
  cues: readonly Cue[],
  facts: DocumentFacts,
  profile: CaptionProfile,
  encoding: EncodingToCheck = {},
): readonly Issue[] {
  const notes = encoding === false ? [] : encodeScc(cues, { profile: profile.cues, ...encoding }).notes;
  return [
    ...notes.map(encoderIssue).filter((issue) => issue !== undefined),
    ...findSpeechGapIssues(cues, facts, profile),
    ...findMissingPartIssues(facts),
    ...(facts.recordingIssues ?? []).filter(
      ({ rule, atMs }) =>
        // Who has reviewed the captions of a place has listened to it.
        !facts.reviewed?.has(indexAt(cues, atMs ?? 0)) &&
        // Captions that were written by hand are speech.
        (rule !== "no-speech" || cues.length === 0),
    ),
  ];
}

/**
 * Every issue of a document: those of its cues in their order, then those of `findDocumentIssues`.
 * @param facts what is not known is not checked
 */
export function findIssues(
  cues: readonly Cue[],
  facts: DocumentFacts,
  profile: CaptionProfile,
  encoding: EncodingToCheck = {},
): readonly Issue[] {
  return [...checkCues(cues, profile, facts), ...findDocumentIssues(cues, facts, profile, encoding)];
}
