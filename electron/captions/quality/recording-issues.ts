/** What recognition itself is not sure of, and where it heard nothing: issues of a place, not of a caption. */
import { joined, type TimeSpan, uncovered } from "../time/span.ts";
import type { Word } from "../word.ts";
import type { RecognitionFacts } from "./document-facts.ts";
import { createIssue, type Issue } from "./issue.ts";

/** Words are as long as their voice; sounds around them are breath and echo. */
const aroundWordMs = 600;
/** Pauses of a speaker. */
const pauseMs = 1_200;
/** Shorter sounds without words are coughs, chairs and doors. */
const minMissedMs = 3_000;

/**
 * Issues of a recording, in order of time. No edit changes them; the engine leaves out those in captions that a person
 * has reviewed.
 */
export function findRecordingIssues({ recognitionIssues, sounds, words }: RecognitionFacts): readonly Issue[] {
  const doubtful = recognitionIssues.flatMap(({ reason, detail, startMs }) =>
    // A span without any word is found below, with its exact place.
    reason === "empty"
      ? []
      : [createIssue(`recognition-${reason}`, `recognition is suspicious here: ${detail}`, { atMs: startMs })],
  );
  const missed = findMissedSpeech(sounds ?? [], words).map(({ startMs, endMs }) => {
    const seconds = ((endMs - startMs) / 1000).toFixed(0);
    return createIssue("possible-missed-speech", `${seconds} s of sound in which no word was recognised`, {
      atMs: startMs,
    });
  });
  // A dead channel or the wrong input, which must not pass for done.
  const silent =
    words.length > 0 ? [] : [createIssue("no-speech", "no speech was recognised in the whole recording", { atMs: 0 })];
  return [...silent, ...doubtful, ...missed].toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

/** Where something is louder than the room and no word was recognized: quiet speech that was lost, or music. */
function findMissedSpeech(sounds: readonly TimeSpan[], words: readonly Word[]): readonly TimeSpan[] {
  const near = words.map(({ startMs, endMs }) => ({
    startMs: Math.max(0, startMs - aroundWordMs),
    endMs: endMs + aroundWordMs,
  }));
  return uncovered(joined(sounds, pauseMs), joined(near, 0), minMissedMs);
}
