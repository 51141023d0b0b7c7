/**
 * Parts of a recording that cannot be read, as issues of a place: what was said there has no captions, and nobody knows
 * whether anything was. The whole recording answers them, or a person who says that there is nothing more.
 */
import { formatClock } from "../time/clock-text.ts";
import { totalMs, uncovered } from "../time/span.ts";
import type { DocumentFacts, MissingSpan } from "./document-facts.ts";
import { createIssue, type Issue } from "./issue.ts";

/** Share of a part that a person's answer has to cover. */
const answeredShare = 0.9;

const causes: Readonly<Record<MissingSpan["kind"], string>> = {
  end: "its copy has stopped",
  hole: "there is no data in the file",
  damage: "the data in the file is damaged",
};

/** What a person reads of a part, as the end of a sentence. */
export const describeMissing = ({ startMs, endMs, kind }: MissingSpan): string =>
  `the recording cannot be read from ${formatClock(startMs)} to ${formatClock(endMs)}: ${causes[kind]}`;

export function findMissingPartIssues({ missing = [], noSpeech = [] }: DocumentFacts): readonly Issue[] {
  return missing.flatMap((span) => {
    const { startMs, endMs } = span;
    const open = totalMs(uncovered([{ startMs, endMs }], noSpeech));
    if (open <= (endMs - startMs) * (1 - answeredShare)) return [];
    return [createIssue("missing-part", describeMissing(span), { atMs: startMs, untilMs: endMs })];
  });
}
