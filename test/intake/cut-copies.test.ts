/** A recording whose copy stopped is said to be cut before it is put into the queue. */
import { execFileSync } from "node:child_process";
import { openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inspectFiles } from "../../electron/intake/inspect-files.ts";
import { meetingAt, testStation } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const seconds = 20;

/** The sample meeting in a container. */
function recording(container: string): string {
  const folder = temporaryFolder();
  const path = join(folder, `council.${container}`);
  const options = container === "mp4" ? ["-movflags", "+faststart"] : [];
  const source = meetingAt(join(folder, "source.mp4"), seconds);
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-i", source, "-c", "copy", ...options, path]);
  return path;
}

function clear(path: string, from: number): void {
  const { size } = statSync(path);
  const handle = openSync(path, "r+");
  writeSync(handle, Buffer.alloc(size - from), 0, undefined, from);
}

async function inspect(path: string) {
  const [file] = await inspectFiles(testStation().services, [path]);
  expect(file?.error).toBeUndefined();
  return file;
}

describe.each(["mp4", "mkv"])("%s", (container) => {
  const cuts = [
    ["that ends too early", truncateSync],
    ["that holds zeros from there on", clear],
  ] as const;

  test.each(cuts)("a copy %s", async (_, cut) => {
    const path = recording(container);
    cut(path, Math.round(statSync(path).size * 0.6));
    const file = await inspect(path);
    expect(file?.durationMs).toBeGreaterThan((seconds - 1) * 1000);
    // By its share of the file: three fifths, give or take one.
    expect(file?.cutAtMs).toBeGreaterThan(seconds * 400);
    expect(file?.cutAtMs).toBeLessThan(seconds * 800);
  });

  test("a whole one, also with free space at its end", async () => {
    const path = recording(container);
    expect((await inspect(path))?.cutAtMs).toBeUndefined();
    if (container !== "mp4") return;
    const free = Buffer.alloc(100_000);
    free.writeUInt32BE(free.length);
    free.write("free", 4);
    writeFileSync(path, Buffer.concat([readFileSync(path), free]));
    expect((await inspect(path))?.cutAtMs).toBeUndefined();
  });
});
