/** Detects the language of a recording at three places; the most probable language over all of them is taken. */
import { type TimeSpan, totalMs } from "../../captions/time/span.ts";
import type { DetectedLanguage, SpeechEngine } from "../engine.ts";
import { toSampleRange } from "../sample-range.ts";

/** Positions as shares of the speech: not the very beginning, which may be a song or a greeting in many languages. */
const places = [0.15, 0.5, 0.85] as const;
/** Milliseconds of sound that the model uses for one detection. */
const listenMs = 30_000;

/** Chooses the places of a plan to detect the language at: the longest span of the window at each position. */
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

/** @returns The language; undefined when there is no speech */
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
