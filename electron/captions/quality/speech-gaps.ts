/**
 * Finds the places where speech has no captions, or far fewer words than are said in that time. Cues are judged by their
 * words and not by their times: a cue that stays for half a minute with twenty words covers a third of it.
 *
 * Every moment of speech asks for words at a slow speaker's rate, every word of a caption answers. Where more has been
 * asked for than was answered, the balance rises; a gap is where it rises by as much as `minMs` of speech asks for. Timing
 * that is off by a second, short answers and slow speakers lower or raise it by less.
 */
import { type Cue, cueText } from "../cue.ts";
import { indexAt } from "../time/index-at.ts";
import { during, joined, type TimeSpan, totalMs, uncovered } from "../time/span.ts";
import { countSpokenWords, describesSound } from "./spoken-text.ts";

/** A place where speech has too few words, or none. */
export interface SpeechGap extends TimeSpan {
  /** Milliseconds of speech in it. */
  readonly speechMs: number;
  /** Words of captions that stand in it. */
  readonly wordCount: number;
}

export interface SpeechGapOptions {
  /** Shortest time of speech without words that is reported, in milliseconds. */
  readonly minMs?: number;
  /** Spans of which a person has said that nobody speaks in them. */
  readonly answered?: readonly TimeSpan[];
}

/**
 * Two seconds are worth a person's time. Detectors leave out the soft ends of what is said, and captions stay a little
 * longer than it, so that this is left of them.
 */
const defaultMinMs = 1_600;
/** Captions come a little before or after their speech. */
const reachMs = 200;
/** A longer time without speech ends a place: what comes after it is another one. */
const maxPauseMs = 4_000;
/**
 * Pauses answer as well, with this share of what speech would ask for: people who speak are heard for more than half of the
 * time, chairs and coughs are not.
 */
const pauseShare = 0.15;
/** A place ends where the balance has not risen higher for so long: there are captions, if few. */
const maxLevelMs = 10_000;
/** The words of a caption beside a place may reach so far into it, and the person who has answered it has not heard more. */
const edgeMs = 500;
/** A slow speaker's rate, as a share of what is usual in this meeting. */
const slowShare = 0.48;
/** Words a second, whatever is usual: nobody who reads a resolution aloud is slower, nor asked for more than that. */
const minSlowRate = 0.8;
const maxSlowRate = 1.6;
/** The usual rate where there are too few captions to tell: 145 words a minute. */
const defaultRate = 2.4;
/** So many words at once are a caption that stands where it belongs, and end a place. */
const maxWordsAtOnce = 3;

/** A cue with words, and the speech that it may stand for. */
interface SpokenCue extends TimeSpan {
  readonly words: number;
  readonly pieces: readonly TimeSpan[];
}

const inOrder = (spans: readonly TimeSpan[]): readonly TimeSpan[] =>
  joined(
    spans.filter(({ startMs, endMs }) => endMs > startMs).toSorted((a, b) => a.startMs - b.startMs),
    0,
  );

const clipped = (spans: readonly TimeSpan[], to: TimeSpan): readonly TimeSpan[] =>
  during(spans, to).map(({ startMs, endMs }) => ({
    startMs: Math.max(startMs, to.startMs),
    endMs: Math.min(endMs, to.endMs),
  }));

const widened = ({ startMs, endMs }: TimeSpan, byMs = reachMs): TimeSpan => ({
  startMs: startMs - byMs,
  endMs: endMs + byMs,
});

/**
 * Finds the gaps, in order, none overlapping another.
 * @param cues in any order
 * @param speech spans in which somebody speaks, in any order
 */
export function findSpeechGaps(
  cues: readonly Cue[],
  speech: readonly TimeSpan[],
  { minMs = defaultMinMs, answered = [] }: SpeechGapOptions = {},
): readonly SpeechGap[] {
  const sounds = cues.filter((cue) => describesSound(cueText(cue))).map((cue) => widened(cue));
  const all = inOrder(speech);
  const open = uncovered(all, inOrder([...sounds, ...answered.map((span) => widened(span, edgeMs))]));
  const spoken = cues
    .map((cue): SpokenCue => {
      const words = countSpokenWords(cue.lines);
      const { startMs, endMs } = cue;
      return { startMs, endMs, words, pieces: words === 0 ? [] : clipped(all, widened(cue)) };
    })
    .filter(({ words }) => words > 0)
    .toSorted((a, b) => a.startMs - b.startMs);
  const words = placeWords(spoken);
  const rate = Math.min(maxSlowRate, Math.max(minSlowRate, slowShare * findRate(spoken)));
  return findRises(open, words, rate, minMs).map((span) => {
    const place = withoutNeighbors(span, spoken, open);
    const speechMs = totalMs(clipped(open, place));
    return { ...place, speechMs, wordCount: countBetween(words, place) };
  });
}

/** The times of all words, in order, in milliseconds: the words of a cue are spread evenly over its speech. */
function placeWords(cues: readonly SpokenCue[]): Float64Array {
  const times: number[] = [];
  for (const { words, pieces } of cues) {
    const stepMs = totalMs(pieces) / words;
    let leftMs = stepMs / 2;
    for (const { startMs, endMs } of pieces) {
      let at = startMs + leftMs;
      for (; at < endMs; at += stepMs) times.push(at);
      leftMs = at - endMs;
    }
  }
  return Float64Array.from(times).sort();
}

/** What is usual in this meeting, in words a second of speech: the median, each cue counting for its speech. */
function findRate(cues: readonly SpokenCue[]): number {
  const rates = cues
    .map(({ words, pieces }) => ({ words, ms: totalMs(pieces) }))
    .filter(({ words, ms }) => words >= 4 && ms >= 500)
    .map(({ words, ms }) => ({ rate: (words * 1000) / ms, ms }))
    .toSorted((a, b) => a.rate - b.rate);
  if (rates.length < 5) return defaultRate;
  let leftMs = rates.reduce((sum, { ms }) => sum + ms, 0) / 2;
  for (const { rate, ms } of rates) {
    leftMs -= ms;
    if (leftMs <= 0) return rate;
  }
  return defaultRate;
}

/** Where the balance rises by `minMs` of speech, from where it begins to rise to where it is highest. */
function findRises(speech: readonly TimeSpan[], words: Float64Array, rate: number, minMs: number): readonly TimeSpan[] {
  const rises: TimeSpan[] = [];
  const last = speech.at(-1)?.endMs ?? 0;
  let fromMs = speech[0]?.startMs ?? 0;
  while (fromMs < last) {
    const { rise, untilMs } = findRise(speech, words, rate, fromMs);
    if (rise !== undefined && (rate * minMs) / 1000 <= rise.height) {
      rises.push({ startMs: rise.startMs, endMs: rise.endMs });
      // What comes after the highest point may rise again.
      fromMs = rise.endMs;
    } else fromMs = untilMs;
  }
  return rises;
}

interface Rise extends TimeSpan {
  /** In words. */
  readonly height: number;
}

/**
 * The first rise from a moment on, and where it is over: the balance is as low as at its beginning, has fallen by a
 * caption's words, or has not risen higher for long.
 */
function findRise(
  speech: readonly TimeSpan[],
  words: Float64Array,
  rate: number,
  fromMs: number,
): { readonly rise: Rise | undefined; readonly untilMs: number } {
  let next = countBefore(words, fromMs);
  let balance = 0;
  let startMs = fromMs;
  let endMs = fromMs;
  let height = 0;
  let latestMs = Number.NEGATIVE_INFINITY;
  for (let index = firstEndingAfter(speech, fromMs); index < speech.length; index++) {
    const piece = speech[index] as TimeSpan;
    let at = Math.max(piece.startMs, fromMs);
    const pauseMs = at - latestMs;
    balance -= pauseMs > maxPauseMs ? Number.POSITIVE_INFINITY : (pauseShare * rate * pauseMs) / 1000;
    while (at < piece.endMs) {
      if (balance <= 0 || height - balance > maxWordsAtOnce || at - endMs > maxLevelMs) {
        if (height > 0) return { rise: { startMs, endMs, height }, untilMs: at };
        balance = 0;
        startMs = at;
        endMs = at;
      }
      const untilMs = Math.min(words[next] ?? Number.POSITIVE_INFINITY, piece.endMs);
      balance += (rate * Math.max(0, untilMs - at)) / 1000;
      if (balance > height) {
        height = balance;
        endMs = untilMs;
      }
      at = Math.max(at, untilMs);
      for (; (words[next] ?? Number.POSITIVE_INFINITY) <= at; next++) balance -= 1;
    }
    latestMs = piece.endMs;
  }
  return { rise: height > 0 ? { startMs, endMs, height } : undefined, untilMs: Number.POSITIVE_INFINITY };
}

/** Index of the first span that ends after a moment. */
function firstEndingAfter(spans: readonly TimeSpan[], ms: number): number {
  const at = indexAt(spans, ms);
  return at >= 0 && (spans[at] as TimeSpan).endMs > ms ? at : at + 1;
}

/** The place without the cues that merely reach into it, from the first speech to the last. */
function withoutNeighbors(place: TimeSpan, cues: readonly SpokenCue[], speech: readonly TimeSpan[]): TimeSpan {
  let { startMs, endMs } = place;
  const before = cues[indexAt(cues, startMs)];
  if (before !== undefined && before.endMs < endMs && isMostlyOutside(before, place)) {
    startMs = Math.max(startMs, Math.min(before.endMs, startMs + edgeMs));
  }
  const after = cues[indexAt(cues, endMs)];
  if (after !== undefined && after.startMs > startMs && isMostlyOutside(after, place)) {
    endMs = Math.min(endMs, Math.max(after.startMs, endMs - edgeMs));
  }
  const left = clipped(speech, { startMs, endMs });
  return { startMs: Math.round(left[0]?.startMs ?? startMs), endMs: Math.round(left.at(-1)?.endMs ?? endMs) };
}

function isMostlyOutside(cue: TimeSpan, place: TimeSpan): boolean {
  const insideMs = Math.min(cue.endMs, place.endMs) - Math.max(cue.startMs, place.startMs);
  return insideMs * 2 < cue.endMs - cue.startMs;
}

function countBetween(times: Float64Array, { startMs, endMs }: TimeSpan): number {
  return countBefore(times, endMs) - countBefore(times, startMs);
}

/** How many of the times, which are in order, lie before a moment. */
function countBefore(times: Float64Array, ms: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
