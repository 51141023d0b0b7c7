/** Which language a recording is in: three places of it are listened to, and the surest language over all counts. */
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { DetectedLanguage, SpeechEngine } from "../engine.ts";
import { toSampleRange } from "../sample-range.ts";

/** Shares of the speech: not the very beginning, which may be a song or a greeting in many languages. */
const places = [0.15, 0.5, 0.85] as const;
/** The model listens to no more than this at once. */
const listenMs = 30_000;

/** The places of a plan that are listened to: the longest stretch of the piece at each. */
export function listeningPlaces(windows: readonly { readonly stretches: readonly TimeSpan[] }[]): readonly TimeSpan[] {
  const total = windows.reduce((sum, { stretches }) => sum + totalMs(stretches), 0);
  const chosen = new Set<number>();
  for (const share of places) {
    let left = total * share;
    let index = 0;
    while (index < windows.length - 1) {
      left -= totalMs(windows[index]?.stretches ?? []);
      if (left < 0) break;
      index++;
    }
    chosen.add(index);
  }
  return [...chosen].flatMap((index) => {
    const longest = (windows[index]?.stretches ?? []).toSorted(
      (a, b) => b.endMs - b.startMs - (a.endMs - a.startMs),
    )[0];
    return longest === undefined
      ? []
      : [{ startMs: longest.startMs, endMs: Math.min(longest.endMs, longest.startMs + listenMs) }];
  });
}

/** @returns undefined when nobody speaks */
export async function detectSpokenLanguage(
  engine: SpeechEngine,
  sound: { readonly pcm: string; readonly sampleCount: number },
  windows: readonly { readonly stretches: readonly TimeSpan[] }[],
  threads: number,
  signal: AbortSignal | undefined,
): Promise<DetectedLanguage | undefined> {
  const spans = listeningPlaces(windows);
  if (spans.length === 0) return undefined;
  const stretches = spans.map((span) => toSampleRange(span, sound.sampleCount));
  return engine.detectLanguage({ pcm: sound.pcm, stretches }, threads, signal);
}
