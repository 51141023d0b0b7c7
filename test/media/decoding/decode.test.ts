import { execFileSync } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type MediaSettings, settingsSchema } from "../../../electron/contract/settings.ts";
import { type Decoded, decode } from "../../../electron/media/decoding/decode.ts";
import { decodedFiles } from "../../../electron/media/decoding/files.ts";
import { probe } from "../../../electron/media/probe.ts";
import { findMediaTools, type MediaTools } from "../../../electron/media/tools.ts";
import { sample } from "../../support/media/samples.ts";
import { sampleVideo } from "../../support/paths.ts";
import { canMakeDisks, smallDisk } from "../../support/station/small-disk.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const settings = settingsSchema.parse({}).media;
let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settings);
});

interface Extras {
  readonly signal?: AbortSignal;
  readonly onProgress?: (ms: number) => void;
  readonly settings?: MediaSettings;
}

async function decodeFile(path: string, folder: string, extras: Extras = {}): Promise<Decoded> {
  const info = await probe(tools.ffprobe, path, settings);
  return decode({ tools, path, info, folder, settings, ...extras });
}

/** Loudest sample between two times, to find out where a sound lies. */
function loudest(pcm: Buffer, fromMs: number, toMs: number): number {
  let most = 0;
  for (let at = fromMs * 32; at < Math.min(toMs * 32, pcm.length - 1); at += 2) {
    most = Math.max(most, Math.abs(pcm.readInt16LE(at)));
  }
  return most;
}

describe("decoding", () => {
  test("gives 16 kHz mono, peaks and silences, and tells how far it is", async () => {
    const folder = temporaryFolder();
    const progress: number[] = [];
    const decoded = await decodeFile(sampleVideo, folder, { onProgress: (ms) => progress.push(ms) });
    const files = decodedFiles(folder);
    expect(statSync(files.pcm).size).toBe(decoded.sampleCount * 2);
    expect(decoded.durationMs).toBeGreaterThan(136_000);
    expect(readFileSync(files.peaks).readUInt32LE(16)).toBe(Math.ceil(decoded.sampleCount / 160));
    expect(progress.at(-1)).toBeGreaterThan(135_000);
    expect(readdirSync(folder).sort()).toEqual(["audio.pcm", "levels.dat", "peaks.dat"]);
    // Two seconds of title card, then 47 lines with a pause after each.
    expect(decoded.silences[0]).toEqual({ startMs: 0, endMs: expect.closeTo(2_000, -2) });
    expect(decoded.silences.length).toBeGreaterThanOrEqual(45);
  });

  test("gives the sound that ffmpeg alone gives", async () => {
    const folder = temporaryFolder();
    await decodeFile(sample("sample.flac"), folder);
    const plain = execFileSync(
      tools.ffmpeg.path,
      ["-v", "error", "-i", sample("sample.flac"), "-ac", "1", "-ar", "16000", "-f", "s16le", "-"],
      { maxBuffer: 1e8 },
    );
    const ours = readFileSync(decodedFiles(folder).pcm);
    expect(ours.length).toBe(plain.length);
    // Channels are mixed after their rate is changed, and by how much of the voice is on each: the same but for a trace.
    let difference = 0;
    let energy = 0;
    for (let at = 0; at < plain.length; at += 2) {
      difference += (ours.readInt16LE(at) - plain.readInt16LE(at)) ** 2;
      energy += plain.readInt16LE(at) ** 2;
    }
    expect(difference / energy).toBeLessThan(0.001);
  });

  test.each(["short.mov", "short.avi", "short.wmv", "short.ts", "short.m4a", "sample.mp3", "sample.mkv"])(
    "%s",
    async (name) => {
      const decoded = await decodeFile(sample(name), temporaryFolder());
      expect(decoded.durationMs / 1000).toBeGreaterThan(name.startsWith("sample") ? 135 : 19);
    },
  );

  test("keeps the sound on the picture's clock: a late start and a gap become silence", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "gap.mkv");
    // Sound from 3 s on, with two seconds missing from 6 s to 8 s.
    const filter = "[1:a]asetpts=PTS+3/TB,aselect='not(between(t,6,8))'[a]";
    execFileSync(tools.ffmpeg.path, [
      ...["-v", "error", "-f", "lavfi", "-i", "color=s=64x64:r=25:d=12", "-f", "lavfi", "-i", "sine=440:d=9"],
      ...["-filter_complex", filter, "-map", "0:v", "-map", "[a]", "-c:v", "libx264", "-c:a", "pcm_s16le", path],
    ]);
    const decoded = await decodeFile(path, folder);
    const pcm = readFileSync(decodedFiles(folder).pcm);
    expect(loudest(pcm, 0, 2_900)).toBe(0);
    expect(loudest(pcm, 3_100, 5_900)).toBeGreaterThan(1_000);
    expect(loudest(pcm, 6_200, 7_800)).toBe(0);
    expect(loudest(pcm, 8_200, 11_000)).toBeGreaterThan(1_000);
    expect(decoded.durationMs).toBeGreaterThan(11_800);
  });

  test("takes the default audio stream", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "two.mkv");
    execFileSync(tools.ffmpeg.path, [
      ...["-v", "error", "-f", "lavfi", "-i", "anullsrc=d=2", "-f", "lavfi", "-i", "sine=440:d=2"],
      ...[
        "-map",
        "0:a",
        "-map",
        "1:a",
        "-c:a",
        "pcm_s16le",
        "-disposition:a:0",
        "0",
        "-disposition:a:1",
        "default",
        path,
      ],
    ]);
    await decodeFile(path, folder);
    expect(loudest(readFileSync(decodedFiles(folder).pcm), 0, 2_000)).toBeGreaterThan(1_000);
  });
});

describe("decoding what is not well", () => {
  test("a file whose end is missing is decoded as far as it goes, and says what is missing", async () => {
    const { durationMs, missing } = await decodeFile(sample("cut-faststart.mp4"), temporaryFolder());
    expect(missing).toEqual([{ startMs: durationMs, endMs: expect.closeTo(20_200, -3), kind: "end" }]);
    expect(durationMs).toBeLessThan(10_000);
  });

  test("an interruption leaves nothing", async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    const work = decodeFile(sampleVideo, folder, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a file that grows meanwhile is an error", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "growing.wav");
    copyFileSync(sample("sample.wav"), path);
    const work = decodeFile(path, folder, { onProgress: () => appendFileSync(path, "more") });
    await expect(work).rejects.toMatchObject({ code: "file.changed" });
    expect(existsSync(decodedFiles(folder).pcm)).toBe(false);
  });

  test("a recording that goes on past the limit, whatever its header says, is stopped", async () => {
    const limit = { ...settings, maxHours: 0.01 };
    const folder = temporaryFolder();
    await expect(decodeFile(sampleVideo, folder, { settings: limit })).rejects.toMatchObject({
      code: "media.too-long",
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  test("a tenth of a second is too short to hold speech", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "click.wav");
    execFileSync(tools.ffmpeg.path, ["-v", "error", "-f", "lavfi", "-i", "sine=440:d=0.05", path]);
    await expect(decodeFile(path, folder)).rejects.toMatchObject({ code: "media.too-short" });
  });

  test.runIf(canMakeDisks)("a full disk is told as one, and nothing is left", async () => {
    await using disk = smallDisk(2);
    await expect(decodeFile(sampleVideo, disk.folder)).rejects.toMatchObject({ code: "disk.full" });
    expect(readdirSync(disk.folder).filter((name) => name !== "lost+found")).toEqual([]);
  });
});
