import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";

const one = (text: string, end = "\n"): string =>
  ["1", "00:00:01,000 --> 00:00:03,000", ...text.split("\n"), "", ""].join(end);
const readOne = (text: string): Cue | undefined => readCaptions(one(text)).cues[0];
const listLines = (text: string): readonly (readonly string[])[] => readCaptions(text).cues.map(({ lines }) => lines);

describe("SRT as it is found", () => {
  test.each<[string, string]>([
    ["zero bytes at the end", `${one("Hello")}${"\0".repeat(256)}`],
    ["zero bytes at the start", `${"\0".repeat(256)}${one("Hello")}`],
    ["the end mark of DOS", one("Hello", "\r\n").replace(/(\r\n)+$/, "\r\n\x1a")],
    ["the end mark of DOS and what is left of an old file behind it", `${one("Hello", "\r\n")}\x1a\x1a\0\0`],
    ["CR CR LF", one("Hello", "\r\r\n")],
    ["CR alone", one("Hello", "\r")],
    ["a mark and blank rows", `\uFEFF\n\n${one("Hello")}`],
  ])("%s", (_name, text) => {
    const { cues, issues } = readCaptions(text);
    expect(cues).toEqual([{ startMs: 1_000, endMs: 3_000, lines: ["Hello"] }]);
    expect(issues).toEqual([]);
  });

  test("a hole of zero bytes is told, because captions may have been there", () => {
    const { cues, issues } = readCaptions(`${one("One")}${"\0".repeat(512)}\n2\n00:00:04,000 --> 00:00:05,000\nTwo\n`);
    expect(cues.map(({ lines }) => lines)).toEqual([["One"], ["Two"]]);
    expect(issues).toMatchObject([{ rule: "unreadable", line: 5 }]);
  });

  test("captions that people repeat stay: a roll call", () => {
    const texts = ["Roll call vote, please.", "Aye.", "Aye.", "Aye.", "Aye.", "Motion carries."];
    const cues = texts.map((text, index) => ({
      startMs: 1_000 + index * 1_500,
      endMs: 2_500 + index * 1_500,
      lines: [text],
    }));
    expect(readCaptions(writeCaptions("srt", { cues, words: [] })).cues).toEqual(cues);
    const twice = cues.map((cue) => ({ ...cue, lines: ["Aye.", "Aye."] }));
    expect(readCaptions(writeCaptions("srt", { cues: twice, words: [] })).cues).toEqual(twice);
  });

  test("captions out of order are put in order, and it is told", () => {
    const text = "1\n00:00:05,000 --> 00:00:06,000\nLater\n\n2\n00:00:01,000 --> 00:00:02,000\nSooner\n";
    const { cues, issues } = readCaptions(text);
    expect(cues.map(({ lines }) => lines[0])).toEqual(["Sooner", "Later"]);
    expect(issues).toMatchObject([{ rule: "reordered" }]);
  });

  test("a program that begins at hour 1 is moved to zero, and it is told; a person may say otherwise", () => {
    const text = "1\n01:00:02,500 --> 01:00:04,000\nHello\n";
    const { cues, issues } = readCaptions(text);
    expect(cues).toMatchObject([{ startMs: 2_500, endMs: 4_000 }]);
    expect(issues).toMatchObject([{ rule: "start", message: expect.stringMatching(/01:00:00/) }]);
    expect(readCaptions(text, { startMs: 0 })).toMatchObject({ cues: [{ startMs: 3_602_500 }], issues: [] });
    expect(readCaptions(text, { startMs: 3_602_000 }).cues).toMatchObject([{ startMs: 500 }]);
    expect(readCaptions("1\n01:10:00,000 --> 01:10:04,000\nA quiet hour\n").cues[0]?.startMs).toBe(4_200_000);
  });
});

describe("looks and places in SRT", () => {
  test.each<[string, Partial<Cue>]>([
    ["{\\an8}Top", { lines: ["Top"], edge: "top" }],
    ["{\\an7}Top left", { lines: ["Top left"], edge: "top", align: "left" }],
    ["{\\an5}Middle", { lines: ["Middle"], edge: "middle" }],
    ["{\\an3}Right", { lines: ["Right"], align: "right" }],
    ["{\\an2}Bottom", { lines: ["Bottom"] }],
    ["{\\a6}Top", { lines: ["Top"], edge: "top" }],
    ["{\\a5}Top left", { lines: ["Top left"], edge: "top", align: "left" }],
    ["{\\a10}Middle", { lines: ["Middle"], edge: "middle" }],
    ["{\\a11}Middle right", { lines: ["Middle right"], edge: "middle", align: "right" }],
    ["{\\a3}Right", { lines: ["Right"], align: "right" }],
    [
      "{\\an8\\i1}Top{\\i0} x",
      { lines: ["Top x"], edge: "top", styles: [{ parts: [{ from: 0, to: 3, italic: true }] }] },
    ],
    ["{\\c&H00FFFF&}Yellow", { lines: ["Yellow"], styles: [{ color: "yellow" }] }],
    ['<font color="#00ff00">Green</font>', { lines: ["Green"], styles: [{ color: "green" }] }],
    [
      "<font color=cyan size=3>Cyan</font> x",
      { lines: ["Cyan x"], styles: [{ parts: [{ from: 0, to: 4, color: "cyan" }] }] },
    ],
    ["<FONT COLOR='Red'>Red", { lines: ["Red"], styles: [{ color: "red" }] }],
    ["a<br/>b", { lines: ["a", "b"] }],
    ["<i>a</i> <i>b</i>", { lines: ["a b"], styles: [{ italic: true }] }],
    ["caf&eacute; AT&T &copy", { lines: ["café AT&T &copy"] }],
  ])("%j", (text, expected) => {
    expect(readOne(text)).toEqual({ startMs: 1_000, endMs: 3_000, ...expected });
  });

  test("a color that captions do not have becomes the nearest, and it is told; so are fonts and exact places", () => {
    const { cues, issues } = readCaptions(
      '1\n00:00:01,000 --> 00:00:03,000  X1:100 X2:200 Y1:10 Y2:20\n<font color="orange" face="Arial">x</font> {\\pos(9,9)}y\n',
    );
    expect(cues[0]?.styles).toEqual([{ parts: [{ from: 0, to: 1, color: "yellow" }] }]);
    expect(issues.map(({ message }) => message)).toEqual([
      "not kept: 1 × a font",
      "not kept: 1 × a color that captions do not have: the nearest is taken",
      "not kept: 2 × an exact place",
    ]);
  });

  test("an empty row inside a caption keeps the looks of both parts", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\n<i>First</i>\n\nsecond\n\n2\n00:00:03,000 --> 00:00:04,000\nNext\n";
    expect(readCaptions(text).cues[0]).toMatchObject({ lines: ["First", "second"], styles: [{ italic: true }, {}] });
    expect(listLines(text)).toEqual([["First", "second"], ["Next"]]);
  });
});

describe("signs of laws on air", () => {
  test.each([
    ["Ordinance §12 and ¶5", "Ordinance Section 12 and Paragraph 5"],
    ["See §§ 4-6, (§ 7)", "See Sections 4-6, (Section 7)"],
    ["Sec.№3", "Sec. No. 3"],
  ])("%s reads %s", (text, aired) => {
    const cues = readCaptions(one(text)).cues;
    expect(compareWithCues(encodeScc(cues).text, [{ startMs: 1_000, endMs: 3_000, lines: [aired] }])).toBeUndefined();
    const { cues: back } = readCaptions(encodeScc(cues).text);
    expect(back.map(({ lines }) => lines.join(" ")).join(" ")).toBe(aired);
  });
});
