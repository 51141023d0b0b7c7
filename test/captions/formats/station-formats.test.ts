/** What holds for all formats of stations alike: there and back, damage, and other endings of one format. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import {
  captionFileExtensions,
  findWrittenFormat,
  type WrittenFormatName,
  writtenFileExtensions,
} from "../../../electron/captions/formats/format-names.ts";
import { type CaptionFileContent, NotCaptionsError } from "../../../electron/captions/formats/read.ts";
import { writeCaptionFile } from "../../../electron/captions/formats/write.ts";
import { listWriteLosses } from "../../../electron/captions/formats/write-losses.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { frameRates, frameToMs, msToFrame } from "../../../electron/captions/time/frame-rate.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { cue } from "../../support/captions/cues.ts";
import { type Random, random } from "../../support/random.ts";
import { cueList } from "../arbitraries.ts";

const encoder = new TextEncoder();
const toBytes = (written: string | Uint8Array): Uint8Array =>
  typeof written === "string" ? encoder.encode(written) : written;
const write = (format: WrittenFormatName, cues: readonly Cue[]): Uint8Array =>
  toBytes(writeCaptionFile(format, { cues, words: [] }));
const read = (bytes: Uint8Array): CaptionFileContent => parseCaptionFile(bytes, {});

const styled: readonly Cue[] = [
  cue(2_000, 4_000, "I call this meeting", "to order."),
  { ...cue(4_520, 7_000, "Roll call, please. ♪ Ü"), edge: "top", styles: [{ italic: true }] },
  cue(61_000, 64_000, ">> MAYOR: Aye.", "Any <questions> & remarks?"),
];

describe("there and back", () => {
  test("SBV keeps text and times", () => {
    fc.assert(
      fc.property(cueList(10), (cues) => {
        if (cues.length === 0) return;
        const tidy = cues.map((one) => ({ ...one, lines: one.lines.map((line) => line.replace(/\s+/g, " ")) }));
        expect(read(write("sbv", cues))).toMatchObject({ format: "sbv", cues: tidy, issues: [] });
      }),
      { numRuns: 200 },
    );
  });

  test("iTunes Timed Text keeps text and frames, and is TTML", () => {
    fc.assert(
      fc.property(cueList(10), (cues) => {
        const back = read(write("itt", cues));
        const toFrame = (ms: number): number => frameToMs(msToFrame(ms));
        const tidy = cues
          .filter(({ startMs, endMs }) => msToFrame(endMs) > msToFrame(startMs))
          .map(({ startMs, endMs, lines }) => ({
            startMs: toFrame(startMs),
            endMs: toFrame(endMs),
            lines: lines.map((line) => line.replace(/\s+/g, " ")),
          }));
        expect(back.format).toBe("ttml");
        expect(back.cues).toEqual(tidy);
      }),
      { numRuns: 100 },
    );
  });

  test("iTunes Timed Text has the head that Apple asks for, at the rate that is asked for", () => {
    const text = writeCaptionFile("itt", { cues: styled, words: [], language: "en-US" });
    expect(text).toContain(
      'xml:lang="en-US" ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="dropNTSC"',
    );
    expect(text).toContain('<p begin="00:01:01:00" end="00:01:04:00" region="bottom">');
    expect(text).toContain('region="top"><span tts:fontStyle="italic">Roll call, please. ♪ Ü</span></p>');
    const film = writeCaptionFile("itt", { cues: styled, words: [] }, defaultProfile, { rate: frameRates["24"] });
    expect(film).toContain('ttp:frameRate="24" ttp:frameRateMultiplier="1 1" ttp:dropMode="nonDrop"');
  });
});

test("every ending that is written has its format, and is read", () => {
  expect(writtenFileExtensions.map((extension) => [extension, findWrittenFormat(extension)])).toEqual([
    [".scc", "scc"],
    [".mcc", "mcc"],
    [".vtt", "vtt"],
    [".srt", "srt"],
    [".ttml", "ttml"],
    [".xml", "ttml"],
    [".dfxp", "ttml"],
    [".itt", "itt"],
    [".stl", "stl"],
    [".sbv", "sbv"],
    [".txt", "txt"],
    [".json", "json"],
  ]);
  expect(captionFileExtensions).toEqual(
    expect.arrayContaining([...writtenFileExtensions, ".cap", ".ass", ".smi", ".sub"]),
  );
});

test("what a format has no place for is found by comparing", () => {
  expect(listWriteLosses(styled, read(write("sbv", styled)).cues, false).map(({ message }) => message)).toEqual([
    "not kept: 1 × italics, underline or colors",
    "not kept: 1 × a place at the top, in the middle, at the left or right",
  ]);
  expect(listWriteLosses(styled, read(write("stl", styled)).cues, false)).toEqual([]);
  const chinese = [cue(1_000, 2_000, "漢")];
  expect(listWriteLosses(chinese, read(write("stl", chinese)).cues, false)).toHaveLength(1);
});

const texts: readonly string[] = [
  "[Script Info]\n\n[V4+ Styles]\nFormat: Name, Alignment\nStyle: Default,2\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}One\\Ntwo\n",
  "<SAMI><BODY><SYNC Start=1000><P Class=EN><i>One</i><br>two<SYNC Start=2000><P Class=EN>&nbsp;</BODY></SAMI>",
  "{1}{1}25\n{25}{50}{y:i}One|two\n{60}{}three\n",
  "[INFORMATION]\n[TITLE]x\n[END INFORMATION]\n00:00:01.00,00:00:04.00\nOne[br]two\n",
  "[00:00:01]\nOne|two\n[00:00:04]\n",
  "$VertAlign = Top\n00:00:01:00 , 00:00:04:15 , I ^Icall^I|two\n",
  '{"segments":[{"start":1,"end":2.5,"text":" One two","words":[{"word":" One","start":1,"end":1.5,"probability":0.5}]}],"language":"en"}',
];
const cap = Uint8Array.from([
  ...[0xea, 0x22, 1, 0, ...(Array(124).fill(0) as number[])],
  ...[24, 0x61, 0, 0, 1, 0, 0, 0, 2, 0, 0x12, 1, 0, 0, 0, 0, 3, 15, 16, 0x4f, 0x6e, 0x65, 0x2e, 0],
]);
const sound: readonly Uint8Array[] = [
  ...(["mcc", "stl", "sbv", "itt"] as const).map((format) => write(format, styled.slice(0, 2))),
  ...texts.map((text) => encoder.encode(text)),
  cap,
];

/** A file with up to eight bytes changed, a piece taken out or doubled, or its end missing. */
function damage(bytes: Uint8Array, pick: Random): Uint8Array {
  let damaged = [...bytes];
  for (let injury = 0; injury <= pick() * 8; injury++) {
    // The head is what a file is known by.
    const at = Math.floor(pick() * damaged.length);
    const length = Math.floor(pick() * 40);
    const kind = Math.floor(pick() * 4);
    if (kind === 0) damaged[at] = Math.floor(pick() * 256);
    else if (kind === 1) damaged.splice(at, length);
    else if (kind === 2) damaged.splice(at, 0, ...damaged.slice(at, at + length));
    else if (pick() < 0.2) damaged = damaged.slice(0, at);
  }
  return Uint8Array.from(damaged);
}

test("2,000 damaged files: what is read can be shown, or the file is refused", () => {
  for (const bytes of sound) expect(read(bytes).cues.length).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.integer(), fc.nat(sound.length - 1), (seed, index) => {
      let found: CaptionFileContent;
      try {
        found = read(damage(sound[index] ?? cap, random(seed)));
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(NotCaptionsError);
        return;
      }
      for (const { startMs, endMs, lines } of found.cues) {
        expect(Number.isSafeInteger(startMs) && Number.isSafeInteger(endMs)).toBe(true);
        expect(endMs).toBeGreaterThan(startMs);
        expect(lines.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2_000 },
  );
});

/** Shapes that a reader could go over again and again. @param count how often the shape is repeated */
const hostile: readonly {
  readonly name: string;
  readonly make: (count: number) => Uint8Array;
  readonly lines: number;
}[] = [
  {
    name: "tags that are never closed",
    make: (count) => encoder.encode(`<SAMI><BODY><SYNC Start=1><P>${"<i>x".repeat(count)}`),
    lines: 1,
  },
  {
    name: "codes within a line",
    make: (count) =>
      encoder.encode(`[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,${"a{\\i1}b{\\i0}".repeat(count)}`),
    lines: 1,
  },
  {
    name: "a set that builds up without end",
    make: (count) => {
      const bytes = new Uint8Array(1024 + count * 128).fill(0x20);
      bytes.set(write("stl", styled.slice(0, 1)).subarray(0, 1152));
      const block = bytes.slice(1024, 1152);
      for (let index = 0; index < count; index++) {
        bytes.set(block, 1024 + index * 128);
        bytes[1024 + index * 128 + 4] = 2;
      }
      return bytes;
    },
    // A set is given up where it holds more than a screen does.
    lines: 50,
  },
];

test.each(hostile)("$name cost no more than their length", ({ make, lines }) => {
  for (const count of [2_000, 4_000]) {
    const { cues } = read(make(count));
    const characters = cues.reduce((sum, one) => sum + one.lines.join("").length, 0);
    expect(Math.max(...cues.map((one) => one.lines.length))).toBeLessThanOrEqual(lines);
    expect(characters).toBeLessThanOrEqual(count * 1_000);
  }
});
