import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { makeThumbnail } from "../../electron/media/thumbnail.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { sample } from "../support/media/samples.ts";
import { sampleVideo } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

const ffmpeg = async () => (await findMediaTools(settingsSchema.parse({}).media)).ffmpeg;

describe("a still picture", () => {
  test("is a JPEG of the recording", async () => {
    const target = join(temporaryFolder(), 'it\'s a "picture".jpg');
    expect(await makeThumbnail(await ffmpeg(), sampleVideo, target, 100)).toBe(true);
    const bytes = readFileSync(target);
    expect([...bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(bytes.length).toBeGreaterThan(1_000);
  });

  test("of a sound recording there is none, and no file is left", async () => {
    const target = join(temporaryFolder(), "none.jpg");
    expect(await makeThumbnail(await ffmpeg(), sample("sample.wav"), target, 4)).toBe(false);
    expect(existsSync(target)).toBe(false);
  });

  test("of a file that is no recording: told, and no file is left", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "text.mp4"), "This is no video at all.");
    const target = join(folder, "none.jpg");
    await expect(makeThumbnail(await ffmpeg(), join(folder, "text.mp4"), target, 4)).rejects.toMatchObject({
      code: expect.stringMatching(/^media\./),
    });
    expect(existsSync(target)).toBe(false);
  });
});
