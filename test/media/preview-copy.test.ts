/** Copies for players, made by the real ffmpeg. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { playsAsItIs } from "../../electron/media/playable.ts";
import { getPreviewFile, makePreviewCopy } from "../../electron/media/preview-copy.ts";
import { probe } from "../../electron/media/probe.ts";
import { findMediaTools, type MediaTools } from "../../electron/media/tools.ts";
import { sample } from "../support/media/samples.ts";
import { sampleVideo } from "../support/paths.ts";
import { canMakeDisks, smallDisk } from "../support/station/small-disk.ts";
import { temporaryFolder } from "../support/temporary.ts";

const settings = settingsSchema.parse({}).media;
let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settings);
});

interface Extras {
  readonly signal?: AbortSignal;
  readonly onProgress?: (ms: number) => void;
}

async function makeCopy(path: string, folder: string, extras: Extras = {}) {
  const info = await probe(tools.ffprobe, path, settings);
  await makePreviewCopy({ ffmpeg: tools.ffmpeg, path, info, folder, stallMs: 60_000, threads: 2, ...extras });
  return { before: info, after: await probe(tools.ffprobe, getPreviewFile(folder), settings) };
}

/** Where the index of an MP4 file stands before what it tells of, players begin anywhere. */
const indexFirst = (file: string): boolean => {
  const bytes = readFileSync(file).toString("latin1");
  return bytes.indexOf("moov") > 0 && bytes.indexOf("moov") < bytes.indexOf("mdat");
};

describe("a copy", () => {
  test.each(["sample.mkv", "short.wmv", "short.avi", "short.ts"])("of %s plays, and is as long", async (name) => {
    const folder = temporaryFolder();
    const { before, after } = await makeCopy(sample(name), folder);
    expect(playsAsItIs(after)).toBe(true);
    expect(Math.abs((after.durationMs ?? 0) - (before.durationMs ?? 0))).toBeLessThan(300);
    expect(indexFirst(getPreviewFile(folder))).toBe(true);
    expect(readdirSync(folder)).toEqual(["proxy.mp4"]);
  });

  test("of what players know is the same picture, not a new one", async () => {
    const folder = temporaryFolder();
    const { before, after } = await makeCopy(sample("sample.mkv"), folder);
    expect(before.video?.codec).toBe("h264");
    expect(after.video).toMatchObject({ codec: "h264", width: before.video?.width, height: before.video?.height });
  });

  test("of a studio's picture with odd sides is small, and has even ones", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "-odd it's 🎬.mov");
    execFileSync(tools.ffmpeg.path, [
      ...["-v", "error", "-f", "lavfi", "-i", "testsrc=size=1919x1079:rate=30:duration=1"],
      ...["-f", "lavfi", "-i", "sine=duration=1", "-c:v", "prores_ks", "-profile:v", "0", "-c:a", "pcm_s16le", path],
    ]);
    const { after } = await makeCopy(path, temporaryFolder());
    expect(after.video?.height).toBe(480);
    expect((after.video?.width ?? 1) % 2).toBe(0);
    expect(after.audio.codec).toBe("aac");
  });

  test("tells how far it is; whoever stops it finds nothing half-made", async () => {
    const folder = temporaryFolder();
    const told: number[] = [];
    await makeCopy(sample("short.wmv"), folder, { onProgress: (ms) => told.push(ms) });
    expect(told.at(-1)).toBeGreaterThan(15_000);
    const other = temporaryFolder();
    const controller = new AbortController();
    const path = join(other, "long.avi");
    execFileSync(tools.ffmpeg.path, ["-v", "error", "-i", sampleVideo, "-c:v", "mpeg4", "-c:a", "mp3", path]);
    const stopped = makeCopy(path, other, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
    expect(readdirSync(other)).toEqual(["long.avi"]);
  });

  test.runIf(canMakeDisks)("for which there is no room is an error that says so, and leaves nothing", async () => {
    await using disk = smallDisk(1);
    await expect(makeCopy(sample("sample.mkv"), disk.folder)).rejects.toMatchObject({ code: "disk.full" });
    expect(readdirSync(disk.folder).filter((name) => name !== "lost+found")).toEqual([]);
  });

  test("of what is no recording is refused", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "broken.mkv");
    const info = await probe(tools.ffprobe, sample("sample.mkv"), settings);
    writeFileSync(path, "This is no video.");
    const made = makePreviewCopy({ ffmpeg: tools.ffmpeg, path, info, folder, stallMs: 60_000, threads: 1 });
    await expect(made).rejects.toMatchObject({ code: expect.stringMatching(/^media\./) });
    expect(readdirSync(folder)).toEqual(["broken.mkv"]);
  });
});
