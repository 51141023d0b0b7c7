/** What recognition itself is not sure of: issues of a place, not of a caption. */
import type { RecognitionFacts } from "./document-facts.ts";
import { createIssue, type Issue } from "./issue.ts";

/**
 * Issues of a recording, in order of time. No edit changes them; the engine leaves out those in captions that a person
 * has reviewed.
 */
export function findRecordingIssues({ recognitionIssues, words }: RecognitionFacts): readonly Issue[] {
  const doubtful = recognitionIssues.flatMap(({ reason, detail, startMs }) =>
    // Speech without words is found in the captions, with its exact place: speech-gap-issues.ts.
    reason === "empty"
      ? []
      : [
          createIssue(
            `recognition-${reason === "unpunctuated" ? "unsure" : reason}`,
            `recognition is suspicious here: ${detail}`,
            { atMs: startMs },
          ),
        ],
  );
  // A dead channel or the wrong input, which must not pass for done.
  const silent =
    words.length > 0 ? [] : [createIssue("no-speech", "no speech was recognized in the whole recording", { atMs: 0 })];
  return [...silent, ...doubtful].toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}
