/**
 * Finds speech in what a Silero network says of each moment, and joins it with what loudness says: the network knows a voice
 * from a chair, loudness misses nobody who is far away.
 */
import { joined, type TimeSpan, uncovered } from "../../captions/time/span.ts";

/** Milliseconds that one probability covers: the network's window. */
export const networkStepMs = 32;

/** Thousandths from which on speech begins, and below which it ends. */
const beginAt = 400;
const endBelow = 200;
/** Shorter speech than three windows, or pauses than five, are none: the same as for loudness. */
const minSpeechMs = 96;
const minPauseMs = 160;
/** The network goes on for two windows after a voice has ended (median over council-a's turns and the sample's). */
const lagMs = 64;

/**
 * What is loud and no speech to the network counts all the same where the network is not sure: within `reachMs` of a moment
 * at which it takes speech for as likely as this, in thousandths. Noises stay below 70, voices come above 800 in all ways of
 * recording that were measured (../README.md, "Who finds speech").
 */
const possibleAt = 100;
const reachMs = 1_500;

/**
 * Finds the spans in which somebody speaks, in order, without padding.
 * @param probabilities thousandths, one for every 32 ms
 */
export function detectByNetwork(probabilities: Uint16Array): readonly TimeSpan[] {
  const spans: TimeSpan[] = [];
  let start = -1;
  let end = -1;
  const close = (): void => {
    if (start >= 0 && (end - start) * networkStepMs >= minSpeechMs) {
      spans.push({ startMs: start * networkStepMs, endMs: end * networkStepMs - lagMs });
    }
    start = -1;
  };
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index] as number;
    if (probability >= (start < 0 ? beginAt : endBelow)) {
      if (start < 0) start = index;
      end = index + 1;
    } else if (start >= 0 && (index + 1 - end) * networkStepMs >= minPauseMs) close();
  }
  close();
  return spans;
}

/** All that either has found, in order, none overlapping another. Both lists are in order. */
export function uniteSpeech(some: readonly TimeSpan[], others: readonly TimeSpan[]): readonly TimeSpan[] {
  return joined(
    [...some, ...others].toSorted((a, b) => a.startMs - b.startMs),
    1,
  );
}

/**
 * What the network has found, and what is loud without it, except where the network is sure that nobody speaks.
 * @param loud spans that loudness has found, in order
 */
export function joinDetections(probabilities: Uint16Array, loud: readonly TimeSpan[]): readonly TimeSpan[] {
  const voiced = detectByNetwork(probabilities);
  return uniteSpeech(voiced, uncovered(loud, findSilent(probabilities, [...loud, ...voiced])));
}

/** Where the network is sure that nobody speaks, in order. */
function findSilent(probabilities: Uint16Array, spans: readonly TimeSpan[]): readonly TimeSpan[] {
  const endMs = spans.reduce((latest, span) => Math.max(latest, span.endMs), 0);
  const possible: TimeSpan[] = [];
  probabilities.forEach((probability, index) => {
    if (probability < possibleAt) return;
    const startMs = Math.max(0, index * networkStepMs - reachMs);
    possible.push({ startMs, endMs: (index + 1) * networkStepMs + reachMs });
  });
  return uncovered([{ startMs: 0, endMs }], joined(possible, 1));
}
