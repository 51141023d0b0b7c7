/** Rules that hold captions against what is heard (loops, "thank you" over silence). */
import { cueText, toCueRows } from "../../cue.ts";
import { rollCallAnswers, stockPhrases } from "../../recognition/stock-phrases.ts";
import { bare } from "../../segmentation/sentence-end.ts";
import { during, type TimeSpan } from "../../time/span.ts";
import type { DocumentFacts } from "../document-facts.ts";
import { isSoundLabel } from "../spoken-text.ts";
import type { CueRule } from "./rule.ts";

const plain = (text: string): string =>
  text
    .split(/\s+/)
    .map(bare)
    .filter((word) => word !== "")
    .join(" ");

/** The part of a span that lies in others, 0 to 1. */
function shareIn(span: TimeSpan, others: readonly TimeSpan[]): number {
  const shared = during(others, span).reduce(
    (sum, { startMs, endMs }) => sum + Math.min(endMs, span.endMs) - Math.max(startMs, span.startMs),
    0,
  );
  return shared / Math.max(1, span.endMs - span.startMs);
}

const minSilentShare = 0.9;

/** Nobody speaks there. A recording that is quiet as a whole has speech below the level of silence: what found speech counts. */
function isUnspoken(span: TimeSpan, { silences, speech }: DocumentFacts): boolean {
  if (silences === undefined || shareIn(span, silences) < minSilentShare) return false;
  return speech === undefined || shareIn(span, speech) <= 1 - minSilentShare;
}

/** This many captions in a row with the same words are a recognizer that turns in a circle. */
const loopLength = 3;
const loopWords = 4;

const repetition: CueRule = {
  name: "repetition",
  check: ({ cue, index, cues }) => {
    const text = plain(cueText(cue));
    if (text === "") return [];
    const before = cues.slice(Math.max(0, index - loopLength + 1), index);
    // Votes and roll calls are answered in the same words.
    if (text.split(" ").every((word) => rollCallAnswers.has(word))) return [];
    const isLoop = before.length === loopLength - 1 && before.every((other) => plain(cueText(other)) === text);
    const words = text.split(" ");
    const inside = countRepeats(words);
    if (!isLoop && inside < loopWords) return [];
    return [
      {
        message: isLoop
          ? `the same text ${loopLength} times or more in a row`
          : `the same words ${inside} times in a row`,
      },
    ];
  },
};

/** How often a run of one to four words is repeated without anything between. */
function countRepeats(words: readonly string[]): number {
  let most = 1;
  for (let size = 1; size <= 4; size++) {
    let count = 1;
    for (let at = size; at + size <= words.length; at += size) {
      const same = words.slice(at, at + size).every((word, offset) => word === words[at - size + offset]);
      count = same ? count + 1 : 1;
      most = Math.max(most, count);
    }
  }
  return most;
}

const fillerOnSilence: CueRule = {
  name: "filler-on-silence",
  check: ({ cue, facts }) => {
    if (!stockPhrases.has(plain(cueText(cue))) || !isUnspoken(cue, facts)) return [];
    return [{ message: "a stock phrase while nobody speaks" }];
  },
};

const captionWithoutSpeech: CueRule = {
  name: "caption-without-speech",
  check: ({ cue, facts }) => {
    const text = cueText(cue);
    if (toCueRows(cue).length === 0 || isSoundLabel(text)) return [];
    if (stockPhrases.has(plain(text)) || !isUnspoken(cue, facts)) return [];
    return [{ message: "a caption while nobody speaks" }];
  },
};

/** Below this a word is as likely wrong as right. */
export const unsureProbability = 0.5;

const unsureWords: CueRule = {
  name: "unsure-words",
  check: ({ cue, index, facts }) => {
    if (facts.words === undefined || facts.reviewed?.has(index)) return [];
    const unsure = during(facts.words, cue).filter(({ probability }) => probability < unsureProbability);
    if (unsure.length === 0) return [];
    const words = unsure
      .map(({ text }) => `"${text}"`)
      .slice(0, 5)
      .join(", ");
    return [{ message: `the recognizer was not sure of ${words}` }];
  },
};

export const speechRules: readonly CueRule[] = [repetition, fillerOnSilence, captionWithoutSpeech, unsureWords];
