import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { makeThumbnail } from "../../electron/media/thumbnail.ts";
import { findMediaTools } from "../../electron/media/tools.ts";
import { run } from "../../electron/platform/process/run.ts";
import { sample } from "../support/media/samples.ts";
import { sampleVideo } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

const ffmpeg = async () => (await findMediaTools(settingsSchema.parse({}).media)).ffmpeg;

async function readSize(path: string): Promise<{ readonly width: number; readonly height: number }> {
  const settings = ["-v", "error", "-show_entries", "stream=width,height", "-of", "json", path];
  const { streams } = JSON.parse(execFileSync("ffprobe", settings, { encoding: "utf8" }));
  return streams[0];
}

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

  test("of a picture that is a bomb: small, and in little memory", async () => {
    const folder = temporaryFolder();
    const [bomb, target] = [join(folder, "bomb.mp4"), join(folder, "bomb.jpg")];
    const picture = ["-f", "lavfi", "-i", "color=c=gray:size=4096x4096:rate=25", "-t", "3"];
    const encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", bomb];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", ...picture, ...encode]);
    expect(await makeThumbnail(await ffmpeg(), bomb, target, 3)).toBe(true);
    const { width, height } = await readSize(target);
    expect([width, height]).toEqual([1280, 1280]);
  });
});

describe.runIf(process.platform === "linux")("a program that asks for more memory than it may have", () => {
  test("does not get it", async () => {
    const ask = (maxMemoryBytes?: number) =>
      run({
        name: "dd",
        command: "/bin/dd",
        args: ["if=/dev/zero", "of=/dev/null", "bs=600M", "count=1"],
        ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes }),
      });
    expect((await ask()).code).toBe(0);
    const refused = await ask(256 * 1024 ** 2);
    expect([refused.code, refused.stderr.join(" ")]).toEqual([1, expect.stringMatching(/memory/i)]);
  });
});
