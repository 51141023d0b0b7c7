/** Small pictures and shot changes, made by the real ffmpeg. */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { DecodedFacts } from "../../electron/contract/recording.ts";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { createShotReader, getPictureFiles, makePictures, planSheet } from "../../electron/media/pictures.ts";
import { findMediaTools, type MediaTools } from "../../electron/media/tools.ts";
import { temporaryFolder } from "../support/temporary.ts";

let tools: MediaTools;

beforeAll(async () => {
  tools = await findMediaTools(settingsSchema.parse({}).media);
});

type Shot = readonly [color: string, seconds: number];

/** A recording with a picture of one color after the other. @param soundSeconds of silence before the picture begins */
function colored(path: string, shots: readonly Shot[], soundSeconds = 0, size = "320x180"): string {
  const inputs = shots.flatMap(([color, seconds]) => [
    "-f",
    "lavfi",
    "-i",
    `color=${color}:s=${size}:r=30:d=${seconds}`,
  ]);
  const length = shots.reduce((sum, [, seconds]) => sum + seconds, soundSeconds);
  const picture = `${shots.map((_, at) => `[${at}]`).join("")}concat=n=${shots.length}:v=1,setpts=PTS+${soundSeconds}/TB[v]`;
  execFileSync(tools.ffmpeg.path, [
    ...["-nostdin", "-loglevel", "error", ...inputs, "-f", "lavfi", "-i", `sine=d=${length}`],
    ...[
      "-filter_complex",
      picture,
      "-map",
      "[v]",
      "-map",
      `${shots.length}:a`,
      "-vsync",
      "vfr",
      "-c:v",
      "libx264",
      "-c:a",
      "aac",
      path,
    ],
  ]);
  return path;
}

/** The mean color of each small picture of a row, as red, green and blue above half. */
function readSheet(sheet: string, count: number): readonly string[] {
  const args = [
    "-loglevel",
    "error",
    "-i",
    sheet,
    "-vf",
    `scale=${count}:1:flags=area`,
    "-f",
    "rawvideo",
    "-pix_fmt",
    "rgb24",
    "-",
  ];
  const bytes = execFileSync(tools.ffmpeg.path, args);
  const names = ["red", "green", "blue"];
  return Array.from({ length: count }, (_, at) =>
    names.filter((__, part) => (bytes[at * 3 + part] ?? 0) > 127).join("+"),
  );
}

const make = (
  path: string,
  folder: string,
  durationMs: number,
  extras: { signal?: AbortSignal; facts?: DecodedFacts } = {},
) => makePictures({ ffmpeg: tools.ffmpeg, path, folder, durationMs, stallMs: 60_000, ...extras });

const threeShots: readonly Shot[] = [
  ["red", 3.2],
  ["lime", 4],
  ["blue", 5.8],
];

describe("small pictures", () => {
  test("are those of their time, and shots begin at their first frame", async () => {
    const folder = temporaryFolder();
    const seen: number[] = [];
    const path = colored(join(folder, "-it's 🎬.mp4"), threeShots);
    const made = await makePictures({
      ...{ ffmpeg: tools.ffmpeg, path, folder, durationMs: 13_000, stallMs: 60_000 },
      onProgress: (ms) => seen.push(ms),
    });
    expect(made).toEqual({ everyMs: 2_000, columns: 7, rows: 1, count: 7, shots: [3_200, 7_200] });
    const { sheet, facts } = getPictureFiles(folder);
    expect(readSheet(sheet, 7)).toEqual(["red", "red", "green", "green", "blue", "blue", "blue"]);
    expect(JSON.parse(readFileSync(facts, "utf8"))).toEqual(made);
    expect(seen.at(-1)).toBeGreaterThan(10_000);
    expect(readdirSync(folder).toSorted()).toEqual(["-it's 🎬.mp4", "pictures.jpg", "pictures.json"]);
  });

  test("are on the clock of the captions where the picture begins after the sound", async () => {
    const folder = temporaryFolder();
    const path = colored(join(folder, "late.mp4"), threeShots, 4);
    const sound = { streams: [1], others: [], isSet: false, heard: [] };
    const clock = { zeroMs: 0, firstFrameMs: 4_000, isEven: false, restarts: [] };
    const made = await make(path, folder, 17_000, { facts: { clock, sound, missing: [] } });
    expect(made.shots).toEqual([7_200, 11_200]);
    expect(readSheet(getPictureFiles(folder).sheet, made.columns).slice(4)).toEqual([
      "green",
      "green",
      "blue",
      "blue",
      "blue",
    ]);
  });

  test("go on where the picture changes its size in the middle of the file", async () => {
    const folder = temporaryFolder();
    const parts = [
      [["red", 10]],
      [
        ["lime", 10],
        ["blue", 10],
      ],
    ] as const satisfies readonly (readonly Shot[])[];
    const files = parts.map((shots, at) =>
      colored(join(folder, `${at}.ts`), shots, 0, at === 0 ? "320x240" : "320x180"),
    );
    const path = join(folder, "both.ts");
    writeFileSync(path, Buffer.concat(files.map((file) => readFileSync(file))));
    const made = await make(path, folder, 30_000);
    expect(made.shots).toHaveLength(2);
    expect(Math.abs((made.shots[0] ?? 0) - 10_000)).toBeLessThan(300);
    expect(Math.abs((made.shots[1] ?? 0) - 20_000)).toBeLessThan(300);
    const colors = readSheet(getPictureFiles(folder).sheet, made.columns);
    expect([colors[1], colors[7], colors[13]]).toEqual(["red", "green", "blue"]);
  });

  test("are as many as there are, where the picture ends long before the sound", async () => {
    const folder = temporaryFolder();
    const path = colored(join(folder, "x.mp4"), [["red", 3]]);
    expect(await make(path, folder, 60_000)).toMatchObject({ columns: 25, rows: 2, count: 2, shots: [] });
  });

  test("leave nothing behind when they are stopped, or when there is nothing to see", async () => {
    const folder = temporaryFolder();
    const path = colored(join(folder, "x.mp4"), threeShots);
    const stopped = AbortSignal.abort();
    await expect(make(path, folder, 13_000, { signal: stopped })).rejects.toMatchObject({ code: "interrupted" });
    const text = join(folder, "y.mp4");
    writeFileSync(text, "no recording at all");
    await expect(make(text, folder, 13_000)).rejects.toMatchObject({ code: "media.truncated" });
    expect(readdirSync(folder).toSorted()).toEqual(["x.mp4", "y.mp4"]);
  });

  test("are at most 600, two seconds apart and more", () => {
    expect(planSheet(1)).toEqual({ everyMs: 2_000, columns: 1, rows: 1 });
    expect(planSheet(6 * 3_600_000)).toEqual({ everyMs: 36_000, columns: 25, rows: 24 });
    for (const hours of [0.1, 1, 2.5, 12, 48]) {
      const { everyMs, columns, rows } = planSheet(hours * 3_600_000);
      expect(columns * rows).toBeLessThanOrEqual(600);
      expect(columns * rows * everyMs).toBeGreaterThanOrEqual(hours * 3_600_000);
    }
  });
});

test("frames are read as ffmpeg prints them: a flash is no shot, and the first frame is none", () => {
  const { read, shots } = createShotReader();
  for (const line of [
    "frame:0    pts:0       pts_time:0",
    "lavfi.scene_score=1.000000",
    "frame:1    pts:49152   pts_time:3.2",
    "frame:2    pts:50000   pts_time:3.4",
    "frame:3    pts:110592  pts_time:7.2",
  ]) {
    read(line);
  }
  expect(shots).toEqual([3_200, 7_200]);
});
