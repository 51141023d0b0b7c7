import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findDataFaults } from "../../../electron/media/decoding/data-faults.ts";
import type { MediaInfo } from "../../../electron/media/probe-report.ts";
import { temporaryFolder } from "../../support/temporary.ts";

const kilobyte = 1_024;

/** Bytes without any run of zeros. */
const data = (length: number): Buffer => Buffer.from(Uint8Array.from({ length }, (_, index) => (index % 255) + 1));

function box(type: string, content: Buffer, length = content.length + 8): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(length, 0);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
}

const audio = { index: 0, codec: "aac", sampleRate: 48_000, channels: 2, layout: "stereo", durationMs: 60_000 };
const video = { codec: "h264", pixelFormat: "yuv420p", width: 640, height: 360, frameRate: "25/1" };
const info = (container: string, part: Partial<MediaInfo> = {}): MediaInfo => ({
  container,
  durationMs: 60_000,
  audio,
  audioStreamCount: 1,
  video,
  ...part,
});

async function findIn(bytes: Buffer, of: MediaInfo) {
  const path = join(temporaryFolder(), "recording");
  writeFileSync(path, bytes);
  return findDataFaults(path, of);
}

describe("parts of a file without data", () => {
  const whole = Buffer.concat([box("ftyp", data(24)), box("mdat", data(900 * kilobyte)), box("moov", data(20_000))]);

  test("are none in a whole file", async () => {
    expect(await findIn(whole, info("mov,mp4"))).toEqual([]);
    expect(await findIn(data(3_000), info("mpegts"))).toEqual([]);
  });

  test("are zeros at its end, with where they begin", async () => {
    const bytes = Buffer.from(data(1_000 * kilobyte));
    bytes.fill(0, 600 * kilobyte);
    const [fault] = await findIn(bytes, info("mpegts"));
    expect(fault).toMatchObject({ to: bytes.length, size: bytes.length, kind: "zeros" });
    expect(Math.abs((fault?.from ?? 0) - 600 * kilobyte)).toBeLessThan(5 * kilobyte);
  });

  test("are holes in its middle", async () => {
    const bytes = Buffer.from(data(2_000 * kilobyte));
    bytes.fill(0, 500 * kilobyte, 700 * kilobyte);
    bytes.fill(0, 1_400 * kilobyte, 1_500 * kilobyte);
    const faults = await findIn(bytes, info("mpegts"));
    expect(faults.map(({ from, to }) => [from, to].map((at) => Math.round(at / kilobyte / 10) * 10))).toEqual([
      [500, 700],
      [1_400, 1_500],
    ]);
  });

  test("are not the free space at the end of an MP4 file", async () => {
    const padded = Buffer.concat([whole, box("free", Buffer.alloc(200 * kilobyte))]);
    expect(await findIn(padded, info("mov,mp4"))).toEqual([]);
  });

  test("are not the silence of sound that is not compressed", async () => {
    const bytes = Buffer.concat([data(100 * kilobyte), Buffer.alloc(900 * kilobyte)]);
    const plain = { ...audio, codec: "pcm_s16le" };
    expect(await findIn(bytes, info("mxf", { audio: plain }))).toEqual([]);
    expect(await findIn(bytes, info("w64", { audio: plain, video: undefined }))).toEqual([]);
  });

  test("are what its structure promises past its end", async () => {
    const cut = Buffer.concat([box("ftyp", data(24)), box("moov", data(500)), box("mdat", data(40_000), 90_000)]);
    expect(await findIn(cut, info("mov,mp4"))).toEqual([{ from: cut.length, to: 90_540, size: 90_540, kind: "cut" }]);
    const riff = Buffer.concat([Buffer.from("RIFF"), Buffer.from([0, 0, 1, 0]), Buffer.from("WAVE"), data(20_000)]);
    expect(await findIn(riff, info("wav", { video: undefined }))).toMatchObject([{ kind: "cut", to: 65_544 }]);
  });

  test.each([
    ["an MP4 file of rubbish", "mov,mp4"],
    ["a Matroska file of rubbish", "matroska,webm"],
    ["an ASF file of rubbish", "asf"],
    ["an FLV file of rubbish", "flv"],
    ["an MP3 file of rubbish", "mp3"],
    ["an MXF file of rubbish", "mxf"],
  ])("%s is no proof of anything", async (_, container) => {
    expect(await findIn(data(70_000), info(container))).toEqual([]);
    expect(await findIn(data(3), info(container))).toEqual([]);
  });
});
