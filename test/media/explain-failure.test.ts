/** What ffmpeg calls an error of the disk is one only where the disk does not give the file's content. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { explainReading } from "../../electron/media/explain-failure.ts";
import { temporaryFolder } from "../support/temporary.ts";

const failure = ["[matroska,webm @ 0x5581] EBML header parsing failed", "council.mkv: Input/output error"];

test("a damaged file that can be read is no fault of the disk", async () => {
  const path = join(temporaryFolder(), "council.mkv");
  for (const bytes of [0, 1, 3_000_000]) {
    writeFileSync(path, Buffer.alloc(bytes, 7));
    expect(await explainReading(failure, path)).toEqual({ code: "media.undecodable" });
  }
});

test.runIf(process.platform === "linux")("a file that cannot be read is one", async () => {
  const folder = temporaryFolder();
  expect(await explainReading(failure, join(folder, "gone.mkv"))).toEqual({ code: "disk.failed" });
  // Reading a process's memory at 0 fails as a broken disk does.
  expect(await explainReading(failure, "/proc/self/mem")).toEqual({ code: "disk.failed" });
});

test("every other failure is told as ffmpeg tells it", async () => {
  expect(await explainReading(["moov atom not found"], "/nowhere.mp4")).toMatchObject({ code: "media.truncated" });
  expect(await explainReading(["nothing that is known"], "/nowhere.mp4")).toBeUndefined();
});
