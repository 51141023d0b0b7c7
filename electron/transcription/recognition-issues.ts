/** What recognition itself is not sure of, as issues for the editor: doubts, speech without words, near names. */
import type { Issue } from "../captions/quality/issue.ts";
import type { RecognitionIssue, RecognitionIssueReason } from "../captions/recognition/recognition-issue.ts";
import { joined, type TimeSpan, uncovered } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import type { GlossaryProposal } from "../catalog/repositories/glossary.ts";

const remedies: Readonly<Record<Exclude<RecognitionIssueReason, "empty">, string>> = {
  loop: "Listen to it: recognition has turned in a circle.",
  filler: "Listen to it; delete it if nobody says it.",
  rate: "Listen to it: nobody speaks so fast.",
  unsure: "Listen to it: there may be noise, music, or several voices at once.",
};

/** Doubts that no other attempt could settle. An empty piece is told by `missedSpeechIssues`, with its exact place. */
export function doubtIssues(doubts: readonly RecognitionIssue[]): readonly Issue[] {
  return doubts.flatMap(({ reason, detail, startMs }) => {
    if (reason === "empty") return [];
    return [
      {
        severity: "warning" as const,
        rule: `recognition-${reason}`,
        message: `recognition is suspicious here: ${detail}`,
        remedy: remedies[reason],
        atMs: startMs,
      },
    ];
  });
}

/** Words are as long as their voice; sounds around them are breath and echo. */
const aroundWordMs = 600;
/** Pauses of a speaker. */
const pauseMs = 1_200;
/** Shorter sounds without words are coughs, chairs and doors. */
const minMissedMs = 3_000;

/**
 * Where something rises above the room and no word was recognised: quiet speech that was lost, or music.
 * @param sounds stretches that rise above the room, in order
 */
export function missedSpeechIssues(sounds: readonly TimeSpan[], words: readonly Word[]): readonly Issue[] {
  const near = words.map(({ startMs, endMs }) => ({
    startMs: Math.max(0, startMs - aroundWordMs),
    endMs: endMs + aroundWordMs,
  }));
  return uncovered(joined(sounds, pauseMs), joined(near, 0), minMissedMs).map(({ startMs, endMs }) => ({
    severity: "warning" as const,
    rule: "possible-missed-speech",
    message: `${((endMs - startMs) / 1000).toFixed(0)} s of sound in which no word was recognised`,
    remedy: "Listen to it: it may be quiet speech.",
    atMs: startMs,
  }));
}

/** Names of the glossary that may have been meant. */
export function proposalIssues(proposals: readonly GlossaryProposal[]): readonly Issue[] {
  return proposals.map(({ heard, term, startMs }) => ({
    severity: "warning" as const,
    rule: "near-name",
    message: `"${heard}" may be "${term}"`,
    remedy: "Correct the name, or tick it off.",
    atMs: startMs,
  }));
}
