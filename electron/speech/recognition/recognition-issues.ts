/**
 * Finds recognition results that cannot be right: loops, stock phrases over noise, more words than a person can say
 * (electron/speech/README.md, "Known faults of recognition"). Nothing is deleted: the editor decides.
 */
import { deflateSync } from "node:zlib";
import type { RecognitionIssue } from "../../captions/recognition/recognition-issue.ts";
import { rollCallAnswers, stockPhrases } from "../../captions/recognition/stock-phrases.ts";
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { comparableWords } from "./word-error-rate.ts";
import { findWordlessSpans, meanProbability } from "./word-measures.ts";

/** How often a sequence of `size` words may repeat before it counts as a loop: "no, no, no" is normal speech. */
const loopTimes = (size: number): number => (size === 1 ? 6 : size <= 3 ? 4 : 3);
const maxLoopWords = 12;

/** OpenAI's own measure: text that compresses by more than this factor is repetitive (whisper/transcribe.py). */
const maxCompression = 2.4;
const minCompressedWords = 20;

/** Maximum plausible speech rate: an auctioneer says seven words a second. */
const maxWordsPerSecond = 7;
/** Length of the word sequence that is judged; fewer words may be short ones, said fast. */
const rateWords = 12;
const minRateWords = 6;

/** Mean probability of a few words in a row under which they are not plausible: noise, music, two people at once. */
const minProbability = 0.6;
/** Mean length, in milliseconds, over which a few words in a row are not plausible: noise recognized as a word. */
const maxWordMs = 850;
const judgedWords = 5;

/** Length of speech, in milliseconds, without a single recognized word. */
const maxEmptyMs = 2_000;
/** Quiet, in milliseconds, that belongs to the speech around it: what windows keep before, after and between it. */
const keptQuietMs = 600;

/** Words in a row whose mean length, in milliseconds, shows that more was said: nobody speaks that slowly for so long. */
const slowWords = 8;
const slowWordMs = 900;

/** Words in a row without a stop, a comma or a capital: a model that has lost its thread writes so, and names wrong. */
const maxUnpunctuated = 30;

/**
 * Phrases that speech models write over noise and music, learned from subtitles of films and of the web; they are not
 * said in council meetings.
 */
const fillers: readonly RegExp[] = [
  /^(thank you|thanks)( so much| very much)?( all)? for (watching|listening|viewing)/,
  /^(please |don't forget to )?(like|subscribe|like and subscribe|subscribe to)\b.*\b(channel|subscribe|video|videos)$/,
  /^(please )?subscribe$/,
  /^see you (in the )?next (time|video)$/,
  /\bamara org\b/,
  /^(subtitles|subtitled|captions|captioned|transcribed|transcription|translated) (by|provided by)\b/,
  /^sous titres? (réalisés?|par|la)\b/,
  /^untertitel\b.*\b(von|im auftrag|der)\b/,
  /^subtítulos (realizados|por)\b/,
  /^www\b/,
];
/** Mean probability of the words of a stock phrase from which on it is believed, with more words around it. */
const saidProbability = 0.8;
/** A stock phrase may really be said, but not as the only words of a span this long, in milliseconds. */
const thinOverMs = 6_000;

/** Finds the issues in the words of one chunk, in order of time. */
export function findRecognitionIssues(
  words: readonly Word[],
  stretches: readonly TimeSpan[],
): readonly RecognitionIssue[] {
  const faults = [...loops(words), ...filler(words, stretches), ...rates(words)];
  const doubts = [
    ...emptiness(words, stretches),
    ...slowness(words),
    ...faults,
    // Loops have no stops either.
    ...(faults.length > 0 ? [] : unpunctuated(words)),
    ...unsureness(words),
    ...shortSentences(words),
  ];
  return doubts.sort((a, b) => a.startMs - b.startMs);
}

/** Scores issues to choose between several attempts: a loop spoils everything, low probability is only a hint. */
export function badness(doubts: readonly RecognitionIssue[]): number {
  const weights = { loop: 8, filler: 6, rate: 5, unpunctuated: 3, unsure: 1 } as const;
  return doubts.reduce((sum, { reason, startMs, endMs }) => {
    // The more speech has no words, the worse.
    return sum + (reason === "empty" ? 3 + (endMs - startMs) / 1_000 : weights[reason]);
  }, 0);
}

function over(words: readonly Word[]): TimeSpan {
  const startMs = words[0]?.startMs ?? 0;
  return { startMs, endMs: Math.max(startMs + 1, words.at(-1)?.endMs ?? 0) };
}

/** Speech without words: each stretch in which none stands for longer than anyone pauses. */
function emptiness(words: readonly Word[], stretches: readonly TimeSpan[]): readonly RecognitionIssue[] {
  return findWordlessSpans(words, stretches, maxEmptyMs + keptQuietMs).map(({ startMs, endMs }) => ({
    reason: "empty",
    startMs,
    endMs,
    detail: `${((endMs - startMs) / 1000).toFixed(0)} s of sound without a word`,
  }));
}

/** Words that are spread over speech in which more was said. A number is one word, and takes as long as many. */
function slowness(words: readonly Word[]): readonly RecognitionIssue[] {
  const found: Word[][] = [];
  let last = -1;
  for (let from = 0; from + slowWords <= words.length; from++) {
    const run = words.slice(from, from + slowWords);
    const judged = run.filter(({ text }) => !/\p{N}/u.test(text));
    if (judged.length < slowWords / 2 || meanLengthMs(judged) <= slowWordMs) continue;
    if (from <= last) found.at(-1)?.push(...words.slice(last + 1, from + slowWords));
    else found.push(run);
    last = from + slowWords - 1;
  }
  return found.map((slow) => {
    const seconds = (meanLengthMs(slow) / 1000).toFixed(1);
    return { reason: "empty", ...over(slow), detail: `${slow.length} words of ${seconds} s each: more was said` };
  });
}

function unpunctuated(words: readonly Word[]): readonly RecognitionIssue[] {
  const found: RecognitionIssue[] = [];
  let run: Word[] = [];
  const close = (): void => {
    if (run.length >= maxUnpunctuated) {
      const detail = `${run.length} words without a stop, a comma or a capital`;
      found.push({ reason: "unpunctuated", ...over(run), detail });
    }
    run = [];
  };
  for (const word of words) {
    if (/\p{Lu}/u.test(word.text)) close();
    run.push(word);
    if (/[.,;:!?…]/u.test(word.text)) close();
  }
  close();
  return found;
}

function loops(words: readonly Word[]): readonly RecognitionIssue[] {
  const texts = words.map(({ text }) => comparableWords(text).join(" "));
  const found: RecognitionIssue[] = [];
  let at = 0;
  while (at < texts.length) {
    const loop = loopAt(texts, at);
    if (loop === undefined) {
      at++;
      continue;
    }
    const looped = words.slice(at, at + loop.size * loop.times);
    const phrase = looped
      .slice(0, loop.size)
      .map(({ text }) => text)
      .join(" ");
    found.push({ reason: "loop", ...over(looped), detail: `"${phrase}" ${loop.times} times in a row` });
    at += loop.size * loop.times;
  }
  if (found.length > 0 || words.length < minCompressedWords) return found;
  const text = Buffer.from(texts.join(" "));
  const ratio = text.length / deflateSync(text).length;
  if (ratio <= maxCompression) return [];
  return [{ reason: "loop", ...over(words), detail: `the text repeats itself (compression ${ratio.toFixed(1)})` }];
}

function loopAt(texts: readonly string[], at: number): { readonly size: number; readonly times: number } | undefined {
  for (let size = 1; size <= maxLoopWords; size++) {
    let times = 1;
    while (sameRun(texts, at, at + times * size, size)) times++;
    if (times < loopTimes(size)) continue;
    if (texts.slice(at, at + size).every((text) => rollCallAnswers.has(text))) continue;
    return { size, times };
  }
  return undefined;
}

function sameRun(texts: readonly string[], from: number, to: number, size: number): boolean {
  if (to + size > texts.length) return false;
  for (let offset = 0; offset < size; offset++) if (texts[from + offset] !== texts[to + offset]) return false;
  return true;
}

function filler(words: readonly Word[], stretches: readonly TimeSpan[]): readonly RecognitionIssue[] {
  const found: RecognitionIssue[] = [];
  for (const sentence of sentences(words)) {
    const text = comparableWords(sentence.map((word) => word.text).join(" ")).join(" ");
    // A speaker does thank for listening: what is likely, among much else that was said, was said.
    const isSaid = sentence.length < words.length / 2 && meanProbability(sentence) >= saidProbability;
    if (!isSaid && fillers.some((pattern) => pattern.test(text))) {
      found.push({ reason: "filler", ...over(sentence), detail: `"${text}" is what recognizers write over noise` });
    }
  }
  const all = comparableWords(words.map(({ text }) => text).join(" ")).join(" ");
  const ms = totalMs(stretches);
  if (found.length === 0 && stockPhrases.has(all) && ms >= thinOverMs) {
    found.push({ reason: "filler", ...over(words), detail: `nothing but "${all}" in ${(ms / 1000).toFixed(0)} s` });
  }
  return found;
}

function sentences(words: readonly Word[]): readonly (readonly Word[])[] {
  const result: Word[][] = [[]];
  for (const word of words) {
    result.at(-1)?.push(word);
    if (/[.!?…。]["')\]]*$/u.test(word.text)) result.push([]);
  }
  return result.filter((sentence) => sentence.length > 0);
}

/** Finds sequences of more words than can be said in their time. */
function rates(words: readonly Word[]): readonly RecognitionIssue[] {
  const run = Math.min(rateWords, words.length);
  if (run < minRateWords) return [];
  for (let from = 0; from + run <= words.length; from++) {
    const together = words.slice(from, from + run);
    const { startMs, endMs } = over(together);
    const perSecond = (run * 1_000) / (endMs - startMs);
    if (perSecond > maxWordsPerSecond) {
      return [{ reason: "rate", startMs, endMs, detail: `${perSecond.toFixed(0)} words a second` }];
    }
  }
  return [];
}

/** Finds sequences of low-confidence words; overlapping ones are merged. */
function unsureness(words: readonly Word[]): readonly RecognitionIssue[] {
  const run = Math.min(judgedWords, words.length);
  const found: Word[][] = [];
  let last = -1;
  for (let from = 0; run > 1 && from + run <= words.length; from++) {
    const judged = words.slice(from, from + run);
    if (meanProbability(judged) >= minProbability && meanLengthMs(judged) <= maxWordMs) continue;
    if (from <= last) found.at(-1)?.push(...words.slice(last + 1, from + run));
    else found.push(judged);
    last = from + run - 1;
  }
  return found.map((unsure) => {
    const percent = (meanProbability(unsure) * 100).toFixed(0);
    const seconds = (meanLengthMs(unsure) / 1000).toFixed(1);
    const detail = `${unsure.length} words with a mean confidence of ${percent} % and ${seconds} s each`;
    return { reason: "unsure", ...over(unsure), detail };
  });
}

/** More one-word sentences in a row than this occur only in a roll call: bursts of noise are recognized like that. */
const maxShortSentences = 4;

function shortSentences(words: readonly Word[]): readonly RecognitionIssue[] {
  const found: RecognitionIssue[] = [];
  let run: Word[] = [];
  const close = (): void => {
    if (run.length > maxShortSentences) {
      found.push({ reason: "unsure", ...over(run), detail: `${run.length} sentences of one word in a row` });
    }
    run = [];
  };
  for (const sentence of sentences(words)) {
    const [word] = sentence;
    const isShort =
      sentence.length === 1 && word !== undefined && !rollCallAnswers.has(comparableWords(word.text).join(" "));
    if (isShort) run.push(word);
    else close();
  }
  close();
  return found;
}

function meanLengthMs(words: readonly Word[]): number {
  return words.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) / Math.max(1, words.length);
}
