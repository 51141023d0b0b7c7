/** Whether what viewers get is what was made: the caption track of the VOD against our own captions. Pure but for the fetching. */
import type { Cue } from "../../captions/cue.ts";
import { readCaptions } from "../../captions/formats/read.ts";
import { editDistance } from "../../captions/text/edit-distance.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PublisherParts } from "./parts.ts";

/** A server cuts its own cues and may show a caption while it is being loaded: so far may a word be from its place. */
const toleranceMs = 4_000;
/** Signs that a server writes otherwise may make some words look different. */
const mostDifferent = 0.02;

interface TimedWord {
  readonly text: string;
  readonly atMs: number;
}

/** Words with the time at which each is about to be seen: the time of its caption, shared out by length. */
function wordsOf(cues: readonly Cue[]): readonly TimedWord[] {
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

const normal = (word: string): string =>
  word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

export interface Comparison {
  readonly isSame: boolean;
  /** What differs, in words. */
  readonly difference: string | undefined;
}

/** Pure. Cues may be cut differently; words and about their times have to agree. */
export function compareCaptions(ours: readonly Cue[], theirs: readonly Cue[]): Comparison {
  const [own, back] = [wordsOf(ours), wordsOf(theirs)];
  if (back.length === 0 && own.length > 0) return { isSame: false, difference: "the server's captions have no words" };
  const different = editDistance(
    own.map(({ text }) => text),
    back.map(({ text }) => text),
  );
  const share = different / Math.max(1, own.length);
  if (share > mostDifferent) {
    return { isSame: false, difference: `${different} of ${own.length} words differ on the server` };
  }
  const late = worstShift(own, back);
  if (late > toleranceMs)
    return { isSame: false, difference: `captions are up to ${(late / 1000).toFixed(1)} s off on the server` };
  return { isSame: true, difference: undefined };
}

/** The greatest distance in time between the same words, in order; a word that differs is passed over. */
function worstShift(own: readonly TimedWord[], back: readonly TimedWord[]): number {
  let worst = 0;
  let at = 0;
  for (const word of own) {
    const found = back.slice(at, at + lookAhead).findIndex(({ text }) => text === word.text);
    if (found < 0) continue;
    at += found;
    worst = Math.max(worst, Math.abs((back[at]?.atMs ?? word.atMs) - word.atMs));
    at++;
  }
  return worst;
}

/** So many words may be missing at a place before the order is lost. */
const lookAhead = 8;

/** The caption track of a VOD; undefined: there is none (yet). */
export async function fetchCaptions({ client, signal }: PublisherParts, vodUrl: string): Promise<string | undefined> {
  const folder = new URL(".", new URL(vodUrl, client.address)).href;
  const playlist = await orNothing(() => client.file(`${folder}vod.m3u8`, signal));
  // Older servers name the file otherwise; a playlist that tells of no captions settles it.
  if (playlist !== undefined && !/SUBTITLES/.test(playlist)) return undefined;
  return (
    (await orNothing(() => client.file(`${folder}captions.en.vtt`, signal))) ??
    (await orNothing(() => client.file(`${folder}captions.vtt`, signal)))
  );
}

async function orNothing(work: () => Promise<string>): Promise<string | undefined> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof ArchivistError && thrown.code === "cablecast.not-found") return undefined;
    throw thrown;
  }
}

/** Captions as the server serves them. @returns undefined where they cannot be read */
export function parseServed(vtt: string): readonly Cue[] | undefined {
  try {
    return readCaptions(vtt).cues;
  } catch {
    return undefined;
  }
}
