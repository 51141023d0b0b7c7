/**
 * Compares the captions that a server or a package returns with those that were published: every word, in order, at
 * about its time. Servers cut cues differently, so words are compared and not cues.
 */
import type { Cue } from "./cue.ts";
import { hourMs, minuteMs, secondMs } from "./time/durations.ts";

/** How far a word may be from its time: a server cuts its own cues and may show a caption while it is being loaded. */
const toleranceMs = 4_000;

interface TimedWord {
  readonly text: string;
  readonly atMs: number;
}

/** Words with the approximate time at which each is seen: the time of its caption, divided by the number of words. */
function toTimedWords(cues: readonly Cue[]): readonly TimedWord[] {
  return cues.flatMap(({ startMs, endMs, lines }) => {
    const words = lines
      .join(" ")
      .split(/\s+/)
      .map(normal)
      .filter((word) => word !== "");
    return words.map((text, index) => ({
      text,
      atMs: startMs + ((endMs - startMs) * index) / Math.max(1, words.length),
    }));
  });
}

/**
 * Letters and digits, in lower case. Characters outside of ASCII are left out: CEA-608 sends them twice, as themselves
 * and as the fallback for older decoders, and servers differ in what they keep.
 */
const normal = (word: string): string =>
  word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");

export interface Comparison {
  readonly isSame: boolean;
  /** A description of the difference. */
  readonly difference: string | undefined;
}

/**
 * Compares two lists of cues. Pure. Cues may be cut differently; every word has to be present, in order, at about its
 * time.
 */
export function compareCaptions(ours: readonly Cue[], theirs: readonly Cue[]): Comparison {
  const [own, back] = [toTimedWords(ours), toTimedWords(theirs)];
  if (back.length === 0 && own.length > 0) return { isSame: false, difference: "the server's captions have no words" };
  const start = commonLength(own, back, (list, index) => list[index]);
  if (start < own.length || start < back.length) {
    const end = commonLength(own.slice(start), back.slice(start), (list, index) => list[list.length - 1 - index]);
    const changed = Math.max(own.length, back.length) - start - end;
    const at = own[Math.min(start, own.length - 1)]?.atMs ?? 0;
    return {
      isSame: false,
      difference: `up to ${changed} of ${own.length} words differ on the server, from ${clock(at)} on`,
    };
  }
  let worst = 0;
  for (const [index, word] of own.entries()) worst = Math.max(worst, Math.abs((back[index]?.atMs ?? 0) - word.atMs));
  if (worst > toleranceMs) {
    return { isSame: false, difference: `captions are up to ${(worst / 1000).toFixed(1)} s off on the server` };
  }
  return { isSame: true, difference: undefined };
}

/** Number of leading words that are the same in both lists, in the order in which `pick` returns them. */
function commonLength(
  a: readonly TimedWord[],
  b: readonly TimedWord[],
  pick: (list: readonly TimedWord[], index: number) => TimedWord | undefined,
): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && pick(a, length)?.text === pick(b, length)?.text) length++;
  return length;
}

function clock(ms: number): string {
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${pad(ms / hourMs)}:${pad((ms / minuteMs) % 60)}:${pad((ms / secondMs) % 60)}`;
}
