/**
 * Whether what viewers get is what was made: the caption track of the VOD against the captions of the SCC file. Pure but
 * for the fetching.
 */
import type { Cue } from "../../captions/cue.ts";
import { readCaptions } from "../../captions/formats/read.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PublisherParts } from "./parts.ts";

/** A server cuts its own cues and may show a caption while it is being loaded: so far may a word be from its place. */
const toleranceMs = 4_000;

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

/**
 * Letters and digits, without case. Signs outside of the common alphabet are left out: CEA-608 sends them twice, as
 * themselves and as what older decoders show, and servers differ in what they keep.
 */
const normal = (word: string): string =>
  word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");

export interface Comparison {
  readonly isSame: boolean;
  /** What differs, in words. */
  readonly difference: string | undefined;
}

/** Pure. Cues may be cut differently; every word has to be there, in order, about at its time. */
export function compareCaptions(ours: readonly Cue[], theirs: readonly Cue[]): Comparison {
  const [own, back] = [wordsOf(ours), wordsOf(theirs)];
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

/** How many words are the same, as they are picked one after the other. */
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
  return `${pad(ms / 3_600_000)}:${pad((ms / 60_000) % 60)}:${pad((ms / 1000) % 60)}`;
}

/** The caption track of a VOD; undefined: there is none (yet). */
export async function fetchCaptions({ client, signal }: PublisherParts, vodUrl: string): Promise<string | undefined> {
  if (!URL.canParse(vodUrl, client.address)) {
    throw new ArchivistError("cablecast.answer", { cause: "the server tells an address of the VOD that is none" });
  }
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
