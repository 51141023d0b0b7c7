import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { decode } from "../../../electron/media/decoding/decode.ts";
import { decodedFiles } from "../../../electron/media/decoding/files.ts";
import { makePreview } from "../../../electron/media/preview.ts";
import { getPreviewFile } from "../../../electron/media/preview-copy.ts";
import { probe } from "../../../electron/media/probe.ts";
import { findMediaTools, type MediaTools } from "../../../electron/media/tools.ts";
import { type Container, makeFaulty } from "../../support/media/faulty-recordings.ts";
import { findOnsets } from "../../support/media/onsets.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const settings = settingsSchema.parse({}).media;
/** How far a sound may be from its place, in milliseconds. */
const tolerance = 120;
let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settings);
});

/** Where each sound is heard here, and in the copy for players. */
async function listen(path: string, folder: string) {
  const info = await probe(tools.ffprobe, path, settings);
  const decoded = await decode({ tools, path, info, folder, settings });
  const copies = join(folder, "copies");
  mkdirSync(copies);
  const { clock, sound, missing } = decoded;
  const copy = { path, info, folder: copies, stallMs: 60_000, threads: 1, facts: { clock, sound, missing } };
  await makePreview({ ...copy, tools, settings });
  // On the copy's own clock: a player shows silence before the first sound.
  const played = execFileSync(
    tools.ffmpeg.path,
    [
      ...["-v", "error", "-copyts", "-i", getPreviewFile(copies), "-vn"],
      ...["-af", "aresample=async=1:first_pts=0,highpass=f=60", "-ac", "1", "-ar", "16000", "-f", "s16le", "-"],
    ],
    { maxBuffer: 1e8 },
  );
  // Taking off a constant offset makes a click at the very begin.
  const playedOnsets = findOnsets(played).filter((ms) => ms > 50);
  return { decoded, heard: findOnsets(readFileSync(decodedFiles(folder).pcm)), played: playedOnsets };
}

const near = (times: readonly number[]) => times.map((ms) => expect.closeTo(ms, -Math.log10(2 * tolerance)));

/** Each container and each fault at least once; `npm run soak -- media` has the whole table. */
const table: readonly (readonly [string, Container])[] = [
  ["late sound", "ts"],
  ["late sound", "wmv"],
  ["early sound", "mpg"],
  ["early sound", "mp4"],
  ["gap", "m2ts"],
  ["trim", "mov"],
  ["begins at 5 s", "mkv"],
  ["format change", "ts"],
  ["restart forward", "ts"],
  ["restart back", "ts"],
  ["clock wrap", "ts"],
  ["one wrong stamp", "flv"],
  ["wrong stamps back", "ts"],
  ["jitter", "ts"],
  ["stopped copy, zeros", "mkv"],
  ["stopped copy, cut", "mp4"],
  ["hole", "mp4"],
  ["silent first sound", "mxf"],
  ["microphone on channel 4 of 6", "mov"],
  ["opposite phase", "mp4"],
  ["constant offset", "mov"],
  ["none", "ogg"],
];

describe("every sound is at its place, here and in the copy for players", () => {
  test.each(table)("%s (%s)", async (fault, container) => {
    const folder = temporaryFolder();
    const { path, onsets, isIncomplete } = makeFaulty(folder, container, fault);
    const { decoded, heard, played } = await listen(path, folder);
    expect(heard).toEqual(near(onsets));
    expect(played).toEqual(near(onsets));
    expect(decoded.missing.length > 0).toBe(isIncomplete);
    for (const { startMs, endMs } of decoded.missing) expect(endMs).toBeGreaterThan(startMs);
  });
});
