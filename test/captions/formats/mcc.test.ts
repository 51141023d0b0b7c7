import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import { defaultEncodeOptions, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import { frameRates } from "../../../electron/captions/time/frame-rate.ts";
import { decodeCea708 } from "../../support/captions/cea708-decoder.ts";
import { cue } from "../../support/captions/cues.ts";
import { readByFfmpeg } from "../../support/captions/ffmpeg-reading.ts";
import { cueList } from "../arbitraries.ts";

const cues: readonly Cue[] = [
  cue(2_000, 4_000, "I call this meeting", "to order. Señor Peña"),
  { ...cue(4_500, 7_000, "Roll call, please. ♪"), styles: [{ italic: true }] },
  { ...cue(10_000, 12_000, "At the top"), edge: "top" },
  cue(61_000, 63_000, ">> MAYOR: Aye."),
];

type Line21 = Partial<typeof defaultEncodeOptions>;
const write = (list: readonly Cue[], line21: Line21 = {}): string =>
  writeCaptions("mcc", { cues: list, words: [] }, defaultProfile, {
    line21: { ...defaultEncodeOptions, ...line21 },
    date: new Date("2026-11-29T12:34:56Z"),
  });

describe("writing MCC", () => {
  test("the head says what the file is, and every frame has a packet", () => {
    const rows = write(cues).split("\r\n");
    expect(rows[0]).toBe("File Format=MacCaption_MCC V1.0");
    expect(rows.slice(36, 48).join("\n")).toMatch(
      /UUID=[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\nCreation Program=Archivist\nCreation Date=Sunday, November 29, 2026\nCreation Time=12:34:56\nTime Code Rate=30DF\n/,
    );
    const labels = rows.filter((row) => /^\d\d:/.test(row)).map((row) => row.slice(0, 11));
    expect(labels.slice(0, 2)).toEqual(["00:00:00:00", "00:00:00:01"]);
    expect(labels[1800]).toBe("00:01:00:02");
    expect(new Set(labels).size).toBe(labels.length);
  });

  test.each(captionModes)("%s: what is read is what an SCC file of the same captions reads", (mode) => {
    const read = readCaptions(write(cues, { mode }));
    const scc = readCaptions(encodeScc(cues, { mode }).text);
    expect(read.format).toBe("mcc");
    expect(read.cues).toEqual(scc.cues);
    expect(read.scc).toEqual(scc.scc);
    expect(read.issues).toEqual([]);
  });

  test.each([1, 2, 3, 4] as const)("channel %i is in its field", (channel) => {
    const { cues: read, scc } = readCaptions(write(cues, { channel }));
    expect(scc?.channel).toBe(channel);
    expect(read.map(({ lines }) => lines)).toEqual(readCaptions(encodeScc(cues).text).cues.map(({ lines }) => lines));
  });

  test.each(Object.keys(frameRates) as (keyof typeof frameRates)[])(
    "%s frames a second are found in the packets",
    (name) => {
      const rate = frameRates[name];
      const { cues: read } = readCaptions(write(cues, { timecode: { rate, dropFrame: false } }));
      const frameMs = (1000 * rate.denominator) / rate.numerator;
      expect(read.map(({ lines }) => lines[0])).toEqual([
        "I call this meeting",
        "Roll call, please. ♪",
        "At the top",
        ">> MAYOR: Aye.",
      ]);
      for (const [index, { startMs }] of read.entries()) {
        expect(Math.abs(startMs - (cues[index]?.startMs ?? 0))).toBeLessThanOrEqual(frameMs);
      }
    },
  );

  test("a file that begins at 01:00:00 is read from there", () => {
    const start = 107_892;
    const text = write(cues, { startFrame: start });
    expect(text).toContain("\r\n01:00:00:00\t");
    const { cues: read, issues, scc } = readCaptions(text);
    expect(read[0]?.startMs).toBe(2_002);
    expect(scc?.startFrame).toBe(start);
    expect(issues).toMatchObject([{ rule: "start" }]);
  });

  test("FFmpeg reads the same text at the same times", () => {
    const ours = readCaptions(write(cues)).cues;
    const theirs = readByFfmpeg("meeting.mcc", write(cues));
    expect(theirs.map(({ lines }) => lines)).toEqual(ours.map(({ lines }) => lines));
    for (const [index, { startMs }] of theirs.entries())
      expect(Math.abs(startMs - (ours[index]?.startMs ?? 0))).toBeLessThanOrEqual(1);
  });
});

describe("service 1 of CEA-708", () => {
  const shown = (list: readonly Cue[], line21: Line21 = {}) => decodeCea708(write(list, line21));
  const onLine21 = (list: readonly Cue[], line21: Line21 = {}) => decodeScc(parseScc(encodeScc(list, line21).text));

  test("shows the captions of line 21 in the same frames, at their place and in italics", () => {
    expect(shown(cues)).toMatchObject([
      { from: 60, to: 119, text: "I call this meeting\nto order. Señor Peña", vertical: 65, italic: false },
      { from: 135, to: 210, text: "Roll call, please. ♪", vertical: 70, italic: true },
      { from: 300, to: 360, text: "At the top", vertical: 0 },
      { from: 1_828, to: 1_888, text: ">> MAYOR: Aye." },
    ]);
  });

  test.each(captionModes)("%s: every screen, in order, never before line 21 and soon after it", (mode) => {
    fc.assert(
      fc.property(cueList(12), (list) => {
        const expected = onLine21(list, { mode });
        const actual = shown(list, { mode });
        expect(actual).toHaveLength(expected.length);
        for (const [index, { startFrame, rows }] of expected.entries()) {
          const { text, from = 0 } = actual[index] ?? {};
          const onScreen = rows.map((row) => row.text.trim()).filter((row) => row !== "");
          // Service 1 has no dashes but the hyphen.
          expect(text).toBe(onScreen.join("\n").replace(/[—–]/g, "-"));
          expect(from).toBeGreaterThanOrEqual(startFrame);
          // A screen of line 21 may stay for a few frames only, in which no window can be written.
          expect(from - startFrame).toBeLessThanOrEqual(60);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** A file from its packets, as other programs write it. */
const file = (rate: string, lines: readonly string[], version = "V1.0"): string =>
  `File Format=MacCaption_MCC ${version}\n\n// a comment\n\nUUID=1\nTime Code Rate=${rate}\n\n${lines.join("\n")}\n`;

/** A packet of triplets in plain hexadecimal, with right checksums. */
function packet(rateCode: number, triplets: string): string {
  const count = triplets.length / 6;
  const length = 13 + count * 3;
  const bytes = (text: string): readonly number[] => (text.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const hex = (byte: number): string => (byte & 0xff).toString(16).padStart(2, "0");
  const body = `9669${hex(length)}${hex(rateCode * 16 + 15)}430000` + `72${hex(0xe0 + count)}${triplets}740000`;
  const sum = bytes(body).reduce((total, byte) => total + byte, 0);
  const anc = `6101${hex(length)}${body}${hex(-sum)}`;
  return `${anc}${hex(bytes(anc).reduce((total, byte) => total + byte, 0))}`;
}

/** A pop-on caption "Hello" in words of line 21. */
const hello = "9420 9420 94ae 94ae 9470 9470 c8e5 ecec ef80 942f 942f".split(" ");
const erase = ["942c", "942c"];

describe("reading MCC", () => {
  test("packets of other programs, in letters and in plain hexadecimal, with U as three bytes or four", () => {
    // Frames of a file that Rev.com wrote, put together anew; the first has a caption erased and services announced.
    const rows = [
      "00:00:00:00\tT59S594F7FZZ72F4FC942CFF0222FE8901ON73F2E02020207E3FFFE1656E67C13FFF74ZZ84BB",
      "00:00:00:01\tT59S594F7FZ0172F4FC942COOG73F2E02020207E3FFFE1656E67C13FFF74Z0139BB",
      ...hello.map((word, index) => `00:00:01:${String(index).padStart(2, "0")}\t${packet(4, `fc${word}fd8080`)}`),
      ...erase.map((word, index) => `00:00:03:${String(index).padStart(2, "0")}\t${packet(4, `fc${word}fd8080`)}`),
    ];
    const { cues: read, issues } = readCaptions(file("30DF", rows, "V2.0"));
    expect(read).toMatchObject([{ startMs: 1_301, endMs: 3_003, lines: ["Hello"] }]);
    expect(issues).toEqual([]);
  });

  test("two words in one frame, as there are at 24 frames a second, are at that frame", () => {
    const words = [...hello.slice(0, 9), "8080"];
    const pairs = Array.from({ length: 5 }, (_, index) => `fc${words[index * 2]}fd8080fc${words[index * 2 + 1]}`);
    const rows = [...pairs, "fc942ffd8080fc942f"].map((pair, index) => `00:00:01:0${index}\t${packet(1, pair)}`);
    const end = `00:00:02:00\t${packet(1, "fc942cfc942c")}`;
    const { cues: read } = readCaptions(file("24", [...rows, end]));
    expect(read).toMatchObject([{ startMs: Math.round((29 * 1001) / 24), endMs: 2_002, lines: ["Hello"] }]);
  });

  test("captions in field 2 beside extended data, which is no text", () => {
    const data = ["0103", "d3f4", "8f62"];
    const inField2 = hello.map((word) => word.replace(/^94(20|ae|2f)$/, "15$1"));
    const rows = [...data, ...inField2, "152c", "152c"].map(
      (word, index) => `00:00:01:${String(index).padStart(2, "0")}\t${packet(4, `fc8080fd${word}`)}`,
    );
    const read = readCaptions(file("30", rows));
    expect(read.scc).toMatchObject({ channel: 3, dropFrame: false });
    expect(read.cues.map(({ lines }) => lines)).toEqual([["Hello"]]);
  });

  test("59.94 frames a second count drop-frame labels of their own", () => {
    const rows = hello.map(
      (word, index) => `00:01:00:${String(index * 2 + 4).padStart(2, "0")}\t${packet(7, `fc${word}`)}`,
    );
    // The first frame of the minute is 3,600, and its first label :04.
    expect(readCaptions(file("60DF", rows)).cues[0]?.startMs).toBe(Math.round(((3_600 + 18) * 1001) / 60));
  });

  test("a file with CEA-708 alone says so", () => {
    const rows = ["00:00:01:00", "00:00:01:01"].map((label) => `${label}\t${packet(4, "fc8080fd8080ff0222fe8901")}`);
    expect(() => readCaptions(file("30DF", rows))).toThrow(/CEA-708 captions only/);
    expect(() => readCaptions(file("30DF", []))).toThrow(NotCaptionsError);
  });

  test("damage is told: checksums, parity, and lines that are no packets", () => {
    const good = write(cues);
    const lines = good.split("\r\n");
    const at = lines.findIndex((line) => /^\d\d:.*FC/.test(line));
    const damaged = lines.with(at, (lines[at] ?? "").replace("FC", "FC7F").replace(/..$/, ""));
    const rules = (text: string): readonly string[] => readCaptions(text).issues.map(({ rule }) => rule);
    expect(rules(damaged.join("\r\n"))).toContain("checksum");
    expect(rules(good.replace("\t", "\tXX"))).toContain("unreadable");
    expect(
      rules(
        file(
          "30DF",
          [...hello, ...erase].map(
            (word, index) =>
              `00:00:01:${String(index).padStart(2, "0")}\t${packet(4, `fc${word.replace("c8e5", "48e5")}`)}`,
          ),
        ),
      ),
    ).toContain("parity");
  });
});
