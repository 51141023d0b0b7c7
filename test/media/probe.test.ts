import { execFileSync } from "node:child_process";
import { copyFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { inputArguments } from "../../electron/media/input-arguments.ts";
import { probe } from "../../electron/media/probe.ts";
import { findMediaTools, type MediaTools } from "../../electron/media/tools.ts";
import { sample } from "../support/media/samples.ts";
import { sampleVideo } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

const settings = settingsSchema.parse({}).media;
let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settings);
});

describe("finding ffmpeg", () => {
  test("says which one, from where, and its version", () => {
    expect(tools.ffmpeg).toMatchObject({ name: "ffmpeg", version: expect.stringMatching(/\d/) });
    expect(tools.ffprobe.path).toMatch(/ffprobe/);
  });

  test("takes the one in the settings, and refuses one that is none", async () => {
    const chosen = await findMediaTools({ ...settings, ffmpegPath: tools.ffmpeg.path });
    expect(chosen.ffmpeg.source).toBe("setting");
    const wrong = join(temporaryFolder(), "not-ffmpeg");
    writeFileSync(wrong, "#!/bin/sh\necho hello\n", { mode: 0o755 });
    await expect(findMediaTools({ ...settings, ffmpegPath: wrong })).rejects.toMatchObject({
      code: "tool.missing",
      message: expect.stringContaining("media.ffmpegPath"),
    });
  });

  test("falls back to npm's build of 2018, with a warning, where the machine has none", async () => {
    const path = process.env.PATH;
    process.env.PATH = "/nonexistent";
    try {
      const fallback = await findMediaTools(settings);
      expect(fallback.ffmpeg).toMatchObject({ source: "npm package", warning: expect.stringMatching(/2018/) });
      expect(fallback.ffprobe.source).toMatch(/npm package|beside ffmpeg/);
      const info = await probe(fallback.ffprobe, sampleVideo, settings);
      expect(info.audio.codec).toBe("aac");
    } finally {
      process.env.PATH = path;
    }
  });
});

describe("good recordings", () => {
  test.each([
    ["sample.wav", "pcm_s16le"],
    ["sample.mp3", "mp3"],
    ["sample.flac", "flac"],
    ["sample.mkv", "aac"],
    ["short.mp4", "aac"],
    ["short.mov", "pcm_s16be"],
    ["short.avi", "pcm_s16le"],
    ["short.wmv", "wmav2"],
    ["short.ts", "aac"],
    ["short.m4a", "aac"],
  ])("%s", async (name, codec) => {
    const info = await probe(tools.ffprobe, sample(name), settings);
    expect(info.audio.codec).toBe(codec);
    const seconds = (info.durationMs ?? 0) / 1000;
    expect(seconds).toBeGreaterThan(name.startsWith("sample") ? 135 : 19);
  });

  test.each([
    "two words.mp4",
    'it\'s "quoted".mp4',
    "-i.mp4",
    "📼 Meeting.mp4",
    "100%d.mp4",
    "a:b.mp4",
    "new\nline.mp4",
  ])("named %j", async (name) => {
    const path = join(temporaryFolder(), name);
    copyFileSync(sample("short.mp4"), path);
    expect((await probe(tools.ffprobe, path, settings)).video?.frameRate).toBe("30000/1001");
  });
});

describe("bad recordings", () => {
  test.each([
    ["empty.mp4", "file.empty"],
    ["text.mp4", "media.not-media"],
    ["cut-plain.mp4", "media.truncated"],
    ["silent-film.mp4", "media.no-audio"],
    ["encrypted.mp4", "media.encrypted"],
    ["folder.mp4", "file.is-folder"],
    ["missing.mp4", "file.missing"],
    ["playlist.mp4", "media.not-media"],
    ["concat.mp4", "media.not-media"],
  ])("%s is %s", async (name, code) => {
    await expect(probe(tools.ffprobe, sample(name), settings)).rejects.toMatchObject({ code });
  });

  test("a device, a broken link and a name with a NUL are refused", async () => {
    await expect(probe(tools.ffprobe, "/dev/zero", settings)).rejects.toMatchObject({ code: "file.not-regular" });
    const link = join(temporaryFolder(), "link.mp4");
    symlinkSync("/nonexistent.mp4", link);
    await expect(probe(tools.ffprobe, link, settings)).rejects.toMatchObject({ code: "file.missing" });
    await expect(probe(tools.ffprobe, "/tmp/a\0b.mp4", settings)).rejects.toMatchObject({ code: "file.missing" });
  });

  test("longer and larger than the limits", async () => {
    const short = { ...settings, maxHours: 0.001 };
    await expect(probe(tools.ffprobe, sample("short.mp4"), short)).rejects.toMatchObject({
      code: "media.too-long",
      message: expect.stringMatching(/0:00:20, limit 0.001 hours/),
    });
    const small = { ...settings, maxFileGigabytes: 0.000_01 };
    await expect(probe(tools.ffprobe, sample("short.mp4"), small)).rejects.toMatchObject({ code: "file.too-large" });
  });

  test("a playlist in disguise would make ffmpeg read other files, and ours does not", () => {
    // Without our arguments ffprobe opens the file that the list names …
    const open = ["-v", "error", "-safe", "0", "-f", "concat", "-show_entries", "format=format_name", "-of", "csv=p=0"];
    expect(execFileSync(tools.ffprobe.path, [...open, sample("concat.mp4")], { encoding: "utf8" }).trim()).toBe(
      "concat",
    );
    // … with them it refuses, whatever the list says.
    const guarded = [...open.slice(0, 6), ...inputArguments(sample("concat.mp4"))];
    expect(() => execFileSync(tools.ffprobe.path, guarded, { stdio: "pipe" })).toThrow(/whitelist/i);
  });

  test("only absolute paths reach ffmpeg, so that a leading dash is no option", () => {
    expect(() => inputArguments("-i.mp4")).toThrow(RangeError);
  });

  test("an interrupted probe is an interruption", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(probe(tools.ffprobe, sampleVideo, settings, controller.signal)).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});
