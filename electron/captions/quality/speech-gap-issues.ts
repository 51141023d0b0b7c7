/**
 * Speech without captions as issues of a place. Accepting a caption beside it does not answer them: captions do, or a
 * person who says that nobody speaks there.
 */
import type { Cue } from "../cue.ts";
import { minuteMs } from "../time/durations.ts";
import { during, joined, type TimeSpan } from "../time/span.ts";
import type { Word } from "../word.ts";
import type { CaptionProfile } from "./caption-profile.ts";
import type { DocumentFacts } from "./document-facts.ts";
import { createIssue, type Issue } from "./issue.ts";
import { findSpeechGaps, type SpeechGap } from "./speech-gaps.ts";
import { countSpokenWords } from "./spoken-text.ts";

/** A recognized word lasts no longer, whatever its times say. */
const maxWordMs = 1_000;
/** Recognized words that are nearer to each other are one stretch of speech. */
const pauseMs = 500;
/** Fewer recognized words than this may be a cough. */
const minLostWords = 2;
/** Words at the edges of a gap belong to it. */
const edgeMs = 1_000;
/** So much of what was recognized is quoted. */
const quotedCharacters = 60;

/** The issues of speech that has no captions, or too few words, in order of time. */
export function findSpeechGapIssues(
  cues: readonly Cue[],
  facts: DocumentFacts,
  { severities }: Pick<CaptionProfile, "severities">,
): readonly Issue[] {
  const { words = [], noSpeech = [] } = facts;
  const chosen = severities["speech-without-caption"];
  const speech = facts.speech ?? spanWords(words);
  // Where nothing was recognized in all of the recording, that is the one issue.
  if (chosen === "off" || (cues.length === 0 && words.length === 0)) return [];
  const gaps = findSpeechGaps(cues, speech, { answered: noSpeech });
  const reported = gaps.map(({ startMs, endMs }) => ({ startMs: startMs - edgeMs, endMs: endMs + edgeMs }));
  const lost = findLostWords(cues, words, [...reported, ...noSpeech]);
  const isSure = facts.speech === undefined || facts.speechDetector !== "energy";
  const override = chosen === undefined ? {} : { severity: chosen };
  return [
    ...gaps.map((gap) =>
      createIssue("speech-without-caption", describeGap(gap, quoted(gap, words, cues), isSure), {
        atMs: gap.startMs,
        untilMs: gap.endMs,
        ...override,
      }),
    ),
    // Less than what is worth a place of its own, but somebody has said it.
    ...lost.map((some) =>
      createIssue("speech-without-caption", `words that were recognized have no caption: ${quote(some)}`, {
        severity: "warning",
        atMs: some[0]?.startMs ?? 0,
        untilMs: some.at(-1)?.endMs ?? 0,
        ...override,
      }),
    ),
  ].toSorted((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

/** True for an issue that needs captions, or a person who says that nobody speaks there. */
export function isSpeechGap(issue: Issue): issue is Issue & { readonly atMs: number; readonly untilMs: number } {
  const isOfPlace = issue.rule === "speech-without-caption" || issue.rule === "missing-part";
  return isOfPlace && issue.atMs !== undefined && issue.untilMs !== undefined;
}

/** Where words were recognized, somebody speaks. */
const spanWords = (words: readonly Word[]): readonly TimeSpan[] =>
  joined(
    words.map(({ startMs, endMs }) => ({ startMs, endMs: Math.min(endMs, startMs + maxWordMs) })),
    pauseMs,
  );

/** `12 s`, `3 min 20 s`. */
function spoken(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (ms < minuteMs) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? "" : ` ${rest} s`}`;
}

function describeGap({ startMs, endMs, wordCount }: SpeechGap, text: string, isSure: boolean): string {
  const length = spoken(endMs - startMs);
  const what = isSure || text !== "" ? `${length} of speech` : `${length} of sound that may be speech`;
  if (wordCount === 0) return `${what} without a caption${text}`;
  return `${what} with only ${wordCount} ${wordCount === 1 ? "word" : "words"} of captions: much of it is missing`;
}

/** What was recognized in a gap and stands in no caption any more. */
function quoted(gap: SpeechGap, words: readonly Word[], cues: readonly Cue[]): string {
  const lost = during(words, gap).filter((word) => !isCaptioned(word, cues));
  return lost.length < minLostWords ? "" : `: ${quote(lost)}`;
}

const quote = (words: readonly Word[]): string =>
  `"${words
    .map(({ text }) => text)
    .join(" ")
    .slice(0, quotedCharacters)}"`;

const middle = ({ startMs, endMs }: TimeSpan): number => (startMs + endMs) / 2;

const isCaptioned = (word: Word, cues: readonly Cue[]): boolean =>
  during(cues, { startMs: middle(word), endMs: middle(word) + 1 }).length > 0;

/** Runs of recognized words between two captions, outside of the places that are reported already. */
function findLostWords(
  cues: readonly Cue[],
  words: readonly Word[],
  reported: readonly TimeSpan[],
): readonly (readonly Word[])[] {
  const runs: Word[][] = [];
  let cue = -1;
  let latest = -1;
  for (const word of words) {
    const at = middle(word);
    while (cue + 1 < cues.length && (cues[cue + 1] as Cue).startMs <= at) cue++;
    if (at < (cues[cue]?.endMs ?? 0) || countSpokenWords([word.text]) === 0) continue;
    if (reported.some(({ startMs, endMs }) => at >= startMs && at < endMs)) continue;
    if (cue !== latest || runs.length === 0) runs.push([]);
    latest = cue;
    runs.at(-1)?.push(word);
  }
  return runs.filter(({ length }) => length >= minLostWords);
}
