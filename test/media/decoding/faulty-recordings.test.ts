import { beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../../electron/contract/settings.ts";
import { findMediaTools, type MediaTools } from "../../../electron/media/tools.ts";
import { type Container, makeFaulty } from "../../support/media/faulty-recordings.ts";
import { listenTo } from "../../support/media/listen.ts";
import { temporaryFolder } from "../../support/temporary.ts";

/** How far a sound may be from its place, in milliseconds. */
const tolerance = 120;
let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settingsSchema.parse({}).media);
});

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
    const { decoded, heard, played } = await listenTo(path, folder, tools);
    expect(heard).toEqual(near(onsets));
    expect(played).toEqual(near(onsets));
    expect(decoded.missing.length > 0).toBe(isIncomplete);
    for (const { startMs, endMs } of decoded.missing) expect(endMs).toBeGreaterThan(startMs);
  });
});
