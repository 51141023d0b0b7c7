import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue, TextColor } from "../../../electron/captions/cue.ts";
import type { CaptionFileContent } from "../../../electron/captions/formats/read.ts";
import { NotCaptionsError } from "../../../electron/captions/formats/read.ts";
import { writeCaptionFile } from "../../../electron/captions/formats/write.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { frameRates } from "../../../electron/captions/time/frame-rate.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { cue } from "../../support/captions/cues.ts";
import { cueList } from "../arbitraries.ts";

const read = (bytes: Uint8Array): CaptionFileContent => parseCaptionFile(bytes, {});

function write(cues: readonly Cue[], options: Parameters<typeof writeCaptionFile>[3] = {}): Uint8Array {
  const content = { recording: "Council März.mp4", language: "en", cues, words: [] };
  const bytes = writeCaptionFile("stl", content, defaultProfile, {
    date: new Date("2026-11-29T23:00:00Z"),
    ...options,
  });
  if (typeof bytes === "string") throw new Error("EBU STL is binary");
  return bytes;
}

const text = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** A file as other programs write it: general information with some fields changed, and blocks. */
function file(fields: Readonly<Record<number, string>>, blocks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1024 + blocks.length * 128).fill(0x20);
  const set = (at: number, value: string): void =>
    bytes.set(
      [...value].map((one) => one.charCodeAt(0)),
      at,
    );
  set(0, "850STL25.01000");
  set(14, "09");
  set(238, `${String(blocks.length).padStart(5, "0")}${String(blocks.length).padStart(5, "0")}0014023100000000`);
  for (const [at, value] of Object.entries(fields)) set(Number(at), value);
  for (const [index, each] of blocks.entries()) bytes.set(each, 1024 + index * 128);
  return bytes;
}

interface BlockFields {
  readonly number?: number;
  readonly extension?: number;
  readonly cumulative?: number;
  readonly start?: readonly number[];
  readonly end?: readonly number[];
  readonly row?: number;
  readonly justification?: number;
  readonly comment?: number;
}

function block(content: readonly number[] | string, fields: BlockFields = {}): Uint8Array {
  const { number = 0, extension = 0xff, cumulative = 0, start = [0, 0, 1, 0], end = [0, 0, 2, 0] } = fields;
  const { row = 20, justification = 2, comment = 0 } = fields;
  const bytes = new Uint8Array(128).fill(0x8f);
  bytes.set([0, number, 0, extension, cumulative, ...start, ...end, row, justification, comment]);
  bytes.set(typeof content === "string" ? [...content].map((one) => one.charCodeAt(0)) : content, 16);
  return bytes;
}

describe("writing EBU STL", () => {
  const cues = [cue(2_000, 4_000, "I call this meeting", "to order."), cue(3_723_480, 3_725_000, "Yes.")];

  test("general information and blocks are as EBU Tech 3264 has them", () => {
    const bytes = write(cues);
    expect(bytes).toHaveLength(1024 + 2 * 128);
    expect(text(bytes, 0, 16)).toBe("850STL25.0110009");
    expect(text(bytes, 16, 32).trimEnd()).toBe("Council Marz.mp4");
    expect(text(bytes, 224, 53)).toBe("26112926112900000020000200140231000000000000020011USA");
    const [first, second] = [bytes.subarray(1024, 1152), bytes.subarray(1152)];
    expect([...first.subarray(0, 16)]).toEqual([0, 0, 0, 0xff, 0, 0, 0, 2, 0, 0, 0, 4, 0, 20, 2, 0]);
    expect([...(second?.subarray(5, 13) ?? [])]).toEqual([1, 2, 3, 12, 1, 2, 5, 0]);
    // Double height, a box, the text; two new lines, because a row covers the one below.
    expect([...first.subarray(16, 19)]).toEqual([0x0d, 0x0b, 0x0b]);
    expect(text(first, 19, 19)).toBe("I call this meeting");
    expect([...first.subarray(38, 45)]).toEqual([0x0a, 0x0a, 0x8a, 0x8a, 0x0d, 0x0b, 0x0b]);
    expect(first.at(-1)).toBe(0x8f);
  });

  test("italics, for which teletext has no code, make the file one of open subtitles", () => {
    const bytes = write([
      { ...cue(1_000, 2_000, "It is so"), styles: [{ parts: [{ from: 3, to: 5, italic: true }] }] },
    ]);
    expect(text(bytes, 11, 1)).toBe("0");
    expect([...bytes.subarray(1040, 1051)]).toEqual([
      ...[..."It "].map((one) => one.charCodeAt(0)),
      0x80,
      0x69,
      0x73,
      0x81,
      0x20,
      0x73,
      0x6f,
      0x8f,
    ]);
  });

  test("a long caption goes on in further blocks", () => {
    const lines = ["ääääääää ääääääää ääääääää", "öööööööö öööööööö öööööööö", "üüüüüüüü üüüüüüüü üüüüüüüü"];
    const bytes = write([cue(1_000, 5_000, ...lines)]);
    expect(bytes).toHaveLength(1024 + 2 * 128);
    expect([bytes[1027], bytes[1155]]).toEqual([0, 0xff]);
    expect(read(bytes).cues).toEqual([cue(1_000, 5_000, ...lines)]);
  });

  test("30 frames a second where that is asked for", () => {
    const bytes = write(cues, { rate: frameRates["29.97"] });
    expect(text(bytes, 3, 8)).toBe("STL30.01");
    expect(read(bytes).cues.map(({ startMs }) => startMs)).toEqual([2_000, 3_723_467]);
  });

  const style = fc.record(
    {
      italic: fc.constant(true),
      underline: fc.constant(true),
      color: fc.constantFrom<TextColor>("red", "green", "yellow", "blue", "magenta", "cyan"),
    },
    { requiredKeys: [] },
  );
  const places = fc.record(
    {
      edge: fc.constantFrom("top" as const, "middle" as const),
      align: fc.constantFrom("left" as const, "right" as const),
    },
    { requiredKeys: [] },
  );
  const styled = cueList(8).chain((list) =>
    fc.tuple(
      ...list.map((one) =>
        fc
          .tuple(places, fc.array(style, { minLength: one.lines.length, maxLength: one.lines.length }))
          .map(([place, styles]) => {
            const frame = (ms: number): number => Math.round(ms / 40) * 40;
            const startMs = frame(one.startMs);
            const lines = one.lines.map((line) => line.replaceAll("…", ".").replace(/\s+/g, " "));
            const isStyled = styles.some((each) => Object.keys(each).length > 0);
            return {
              startMs,
              endMs: Math.max(startMs + 40, frame(one.endMs)),
              lines,
              ...place,
              ...(isStyled ? { styles } : {}),
            };
          }),
      ),
    ),
  );

  test("what is written is read again: text, frames, places, styles", () => {
    fc.assert(
      fc.property(styled, (cues) => {
        if (cues.length === 0) return;
        const { cues: back, issues } = read(write(cues));
        expect(back).toEqual(cues);
        expect(issues).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("reading EBU STL", () => {
  test.each<[string, string, readonly number[], string]>([
    [
      "Latin",
      "00",
      [0x53, 0x65, 0xc4, 0x6e, 0x6f, 0x72, 0x20, 0xc8, 0x55, 0xcb, 0x63, 0xfb, 0xd0, 0xa4],
      "Señor Üçß—$",
    ],
    ["Cyrillic", "01", [0xb4, 0xde, 0xd1, 0xe0, 0xeb, 0xd9, 0xf0, 0xf1], "Добрый№ё"],
    ["Arabic", "02", [0xe5, 0xd1, 0xcd, 0xc8, 0xc7, 0xac], "مرحبا،"],
    ["Greek", "03", [0xca, 0xe1, 0xeb, 0xe7, 0xec, 0xdd, 0xf1, 0xe1, 0xb6], "ΚαλημέραΆ"],
    ["Hebrew", "04", [0xf9, 0xec, 0xe5, 0xed], "שלום"],
  ])("the %s table", (_name, table, bytes, expected) => {
    expect(read(file({ 12: table }, [block(bytes)])).cues[0]?.lines).toEqual([expected]);
  });

  test("colors, boxes and double height of teletext", () => {
    const bytes = [
      0x0d, 0x03, 0x0b, 0x0b, 0x41, 0x79, 0x65, 0x06, 0x6e, 0x6f, 0x0a, 0x0a, 0x8a, 0x8a, 0x0d, 0x0b, 0x0b, 0x58,
    ];
    expect(read(file({ 11: "1" }, [block(bytes)])).cues).toEqual([
      {
        ...cue(1_000, 2_000, "Aye no", "X"),
        styles: [
          {
            parts: [
              { from: 0, to: 3, color: "yellow" },
              { from: 4, to: 6, color: "cyan" },
            ],
          },
          {},
        ],
      },
    ]);
  });

  test.each<[number, string, Cue["edge"]]>([
    [1, "1", "top"],
    [10, "1", "middle"],
    [20, "1", undefined],
    [0, "0", undefined],
  ])("row %i of a file of standard %s", (row, standard, edge) => {
    expect(read(file({ 11: standard }, [block("One", { row })])).cues[0]?.edge).toBe(edge);
  });

  test.each<[number, Cue["align"]]>([
    [0, undefined],
    [1, "left"],
    [2, undefined],
    [3, "right"],
  ])("justification %i", (justification, align) => {
    expect(read(file({}, [block("One", { justification })])).cues[0]?.align).toBe(align);
  });

  test("the start of the program is taken off, as the file states it or where it is plain", () => {
    const at = (hour: number) => ({ start: [hour, 0, 1, 0], end: [hour, 0, 2, 0] });
    const stated = read(file({ 256: "10000000" }, [block("One", at(10))]));
    expect(stated).toMatchObject({ cues: [{ startMs: 1_000, endMs: 2_000 }], issues: [] });
    expect(read(file({}, [block("One", at(1))]))).toMatchObject({
      cues: [{ startMs: 1_000 }],
      issues: [{ rule: "start" }],
    });
    // A start after the first caption cannot be meant.
    expect(read(file({ 256: "10000000" }, [block("One", at(0))])).cues[0]?.startMs).toBe(1_000);
    expect(read(file({ 3: "STL30.01" }, [block("One", { start: [0, 0, 1, 15] })])).cues[0]?.startMs).toBe(1_500);
  });

  test("cumulative sets build up, comments and user data are no captions", () => {
    const times = (second: number) => ({ start: [0, 0, second, 0], end: [0, 0, second + 1, 0] });
    const blocks = [
      block("One", { cumulative: 1, ...times(1) }),
      block("two", { cumulative: 2, number: 1, ...times(2) }),
      block("three", { cumulative: 3, number: 2, ...times(3) }),
      block("For the translator", { comment: 1, number: 3, ...times(4) }),
      block("user data", { extension: 0xfe }),
      block("Four", { number: 4, ...times(5) }),
    ];
    const { cues, issues } = read(file({}, blocks));
    expect(cues.map(({ lines }) => lines)).toEqual([["One"], ["One", "two"], ["One", "two", "three"], ["Four"]]);
    expect(issues).toMatchObject([{ rule: "left-out" }]);
  });

  test("damage is told: times that do not exist, an end that is missing", () => {
    const bytes = file({}, [block("One", { start: [0, 0, 99, 0] }), block("Two", { number: 1 })]);
    const { cues, issues } = read(bytes.subarray(0, bytes.length - 1));
    expect(cues).toEqual([]);
    expect(issues.map(({ rule }) => rule)).toEqual(["unreadable", "unreadable"]);
    expect(() => read(file({}, []))).toThrow(NotCaptionsError);
  });
});
