/** Fetches the caption track that a server gives to viewers, to be compared with the captions that were published. */
import type { Cue } from "../../captions/cue.ts";
import { readCaptions } from "../../captions/formats/read.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PublisherDeps } from "./dependencies.ts";

/** Fetches the caption track of a VOD; undefined when there is none (yet). */
export async function fetchCaptions({ client, signal }: PublisherDeps, vodUrl: string): Promise<string | undefined> {
  if (!URL.canParse(vodUrl, client.address)) {
    throw new ArchivistError("cablecast.answer", { cause: "the server tells an address of the VOD that is none" });
  }
  const folder = new URL(".", new URL(vodUrl, client.address)).href;
  const playlist = await orNothing(() => client.file(`${folder}vod.m3u8`, signal));
  // Older servers use another file name; a playlist without subtitles settles it.
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

/** Parses captions as the server serves them. @returns undefined when they cannot be read */
export function parseServed(vtt: string): readonly Cue[] | undefined {
  try {
    return readCaptions(vtt, { startMs: 0 }).cues;
  } catch {
    return undefined;
  }
}
