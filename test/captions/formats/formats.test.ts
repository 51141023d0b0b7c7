import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { formatClockTime, parseClockTime } from "../../../electron/captions/formats/clock-time.ts";
import { stripMarkup } from "../../../electron/captions/formats/markup.ts";
import {
  detectFormat,
  findUnreadParts,
  NotCaptionsError,
  readCaptions,
} from "../../../electron/captions/formats/read.ts";
import { formatSrt } from "../../../electron/captions/formats/srt.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { cueList } from "../arbitraries.ts";

const cues: readonly Cue[] = [
  { startMs: 1_000, endMs: 2_500, lines: ["Roll call, please."] },
  { startMs: 3_661_001, endMs: 3_663_999, lines: ["<b>Fish & chips</b>", "are > 5 dollars"] },
];

describe("clock times", () => {
  test.each([
    [0, "00:00:00,000"],
    [3_661_001, "01:01:01,001"],
    [359_999_999, "99:59:59,999"],
    [360_000_000, "100:00:00,000"],
  ])("%i ms is %s", (ms, text) => {
    expect(formatClockTime(ms, ",")).toBe(text);
    expect(parseClockTime(text)).toBe(ms);
  });

  test.each([
    ["00:01.5", 1_500],
    ["1:02:03,04", 3_723_040],
    ["02:03", 123_000],
  ])("%s is read as %i ms", (text, ms) => {
    expect(parseClockTime(text)).toBe(ms);
  });

  test.each(["", "1", "00:60:00,000", "00:00:00,0000", "-00:00:01,000", "now"])("%j is no time", (text) => {
    expect(parseClockTime(text)).toBeUndefined();
  });
});

describe("markup", () => {
  test.each([
    ["<i>Hello</i>", "Hello"],
    ["<v Mayor>Order!</v>", "Order!"],
    ["<00:00:01.000>word <c.yellow>by</c> word", "word by word"],
    ["{\\an8}On top", "On top"],
    ['<font color="#fff">White</font>', "White"],
    ["a &lt; b &amp;&amp; c &#39;d&#x27;", "a < b && c 'd'"],
    ["5 < 6 and 7 > 4", "5 < 6 and 7 > 4"],
    ["{not markup}", "{not markup}"],
  ])("%j reads %j", (text, expected) => {
    expect(stripMarkup(text)).toBe(expected);
  });

  test("hostile markup is read in linear time (a backtracking expression would run into the test's limit)", () => {
    const text = "<a ".repeat(200_000);
    expect(stripMarkup(text).length).toBeGreaterThan(0);
  });
});

describe("writing", () => {
  test("SRT has numbers, commas and CRLF", () => {
    expect(writeCaptions("srt", { cues: cues.slice(0, 1), words: [] })).toBe(
      "1\r\n00:00:01,000 --> 00:00:02,500\r\nRoll call, please.\r\n\r\n",
    );
  });

  test("WebVTT has its header and escapes markup", () => {
    const text = writeCaptions("vtt", { cues, words: [], language: "en" });
    expect(text.startsWith("WEBVTT\nKind: captions\nLanguage: en\n\n1\n00:00:01.000 --> 00:00:02.500\n")).toBe(true);
    expect(text).toContain("&lt;b&gt;Fish &amp; chips&lt;/b&gt;\nare &gt; 5 dollars");
  });

  test("text has paragraphs with times, cut at pauses after sentences", () => {
    const word = (text: string, startMs: number): Word => ({ text, startMs, endMs: startMs + 200, probability: 1 });
    const words = [word("Hello", 0), word("there.", 300), word("Second", 5_000), word("part.", 5_300)];
    expect(writeCaptions("txt", { cues: [], words })).toBe("[00:00:00] Hello there.\n\n[00:00:05] Second part.\n");
  });

  test("JSON gives back what went in", () => {
    const words = [{ text: "Roll", startMs: 1_000, endMs: 1_200, probability: 0.987_654 }];
    const text = writeCaptions("json", {
      recording: "a.mp4",
      durationMs: 5_000,
      model: "m",
      language: "en",
      cues,
      words,
    });
    const read = readCaptions(text);
    expect(read.cues).toEqual(cues);
    expect(read.words).toEqual([{ text: "Roll", startMs: 1_000, endMs: 1_200, probability: 0.988 }]);
    expect(read.language).toBe("en");
  });
});

describe("reading", () => {
  test.each(["srt", "vtt", "json", "scc"] as const)("%s is known by its content", (format) => {
    expect(detectFormat(writeCaptions(format, { cues, words: [] }))).toBe(format);
  });

  test("any cues come back from SRT, WebVTT and JSON", () => {
    fc.assert(
      fc.property(cueList(15), fc.constantFrom("srt" as const, "vtt" as const, "json" as const), (list, format) => {
        if (list.length === 0 && format === "srt") return;
        const read = readCaptions(writeCaptions(format, { cues: list, words: [] }));
        const tidy = list.map((cue) => ({ ...cue, lines: cue.lines.map((line) => line.replace(/\s+/g, " ")) }));
        expect(read.cues).toEqual(tidy);
        expect(read.issues).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("liberal SRT: no numbers, dots, missing blank lines, short arrows, Windows line ends", () => {
    const text =
      "00:00:01.000 --> 00:00:02.000\r\nOne\r\n2\r\n00:00:03,000 -> 00:00:04,000\r\nTwo\r\nlines\r\n\r\n\r\n3\r\n00:00:05,000 --> 00:00:06,000 X1:10\r\nThree";
    expect(readCaptions(text).cues.map((cue) => cue.lines)).toEqual([["One"], ["Two", "lines"], ["Three"]]);
  });

  test("WebVTT with notes, styles, settings and identifiers", () => {
    const text =
      "WEBVTT - meeting\n\nNOTE a remark\nover two lines\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 line:0 position:20%\n- <v Mayor>Order</v>\n";
    expect(readCaptions(text).cues).toEqual([
      { startMs: 1_000, endMs: 2_000, lines: ["- Order"], edge: "top", speaker: "Mayor" },
    ]);
  });

  test("blocks that cannot be used are named with their line", () => {
    const text =
      "1\n00:00:05,000 --> 00:00:04,000\nBackwards\n\n2\nsoon --> later\nNever\n\n3\n00:00:06,000 --> 00:00:07,000\nFine\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read).toHaveLength(1);
    expect(issues.map(({ line }) => line)).toEqual([2, 5]);
  });

  test("an arrow in a caption is text", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000\nThe detour runs Main St -> Elm St\nA --> B until Friday.\n\n" +
      "2\n00:00:03,000 --> 00:00:04,000\nNext\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read.map(({ lines }) => lines)).toEqual([
      ["The detour runs Main St -> Elm St", "A --> B until Friday."],
      ["Next"],
    ]);
    expect(issues).toEqual([]);
  });

  test("an empty row inside an SRT caption does not end it", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000\nFirst line\n\nsecond line\n\n2\n00:00:03,000 --> 00:00:04,000\nNext\n\n3\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read.map(({ lines }) => lines)).toEqual([["First line", "second line"], ["Next"]]);
    expect(issues).toEqual([]);
  });

  test("text that belongs to nothing is reported, never dropped in silence", () => {
    const text = "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nstray text\n\nNOTE a --> b\nstill a note\n\n";
    const { cues: read, issues } = readCaptions(text);
    expect(read).toHaveLength(1);
    expect(issues).toMatchObject([
      { line: 6, message: "this text has no times: stray text" },
      { severity: "warning", rule: "left-out", message: expect.stringMatching(/NOTE/) },
    ]);
    const negative = readCaptions(
      "1\n-00:00:01,000 --> 00:00:02,000\nLost\n\n2\n00:00:03,000 --> 00:00:04,000\nFine\n",
    );
    expect(findUnreadParts(negative.issues)).toMatchObject([{ line: 2 }]);
  });

  test("a row of five million spaces is read in time that grows with its length", () => {
    // With the square of it, this test would never end.
    const read = readCaptions(`1\n00:00:01,000 --> 00:00:02,000\n${" ".repeat(5_000_000)}x\n`);
    expect(read.cues[0]?.lines).toEqual(["x"]);
  });

  test("times are moved by an hour only where a file begins at the first hour, and that is told", () => {
    const at = (startMs: number): ReturnType<typeof readCaptions> =>
      readCaptions(encodeScc([{ startMs, endMs: startMs + 3000, lines: ["Good evening."] }]).text);
    expect(at(3_605_000).cues[0]?.startMs).toBeLessThan(10_000);
    expect(at(3_605_000).issues).toMatchObject([{ rule: "start", severity: "warning" }]);
    for (const startMs of [5_000, 3_900_000, 7_205_000, 36_001_000]) {
      expect(Math.abs((at(startMs).cues[0]?.startMs ?? 0) - startMs)).toBeLessThan(17);
      expect(at(startMs).issues).toEqual([]);
    }
  });

  test("a line break inside a line of our JSON makes two lines, not a caption of its own", () => {
    const document = {
      format: "archivist-captions",
      version: 1,
      cues: [{ startMs: 0, endMs: 1000, lines: ["a\n\n9\n00:00:50,000 --> 00:00:51,000\ninjected", ""] }],
    };
    const { cues: read } = readCaptions(JSON.stringify(document));
    expect(formatSrt(read).match(/-->/g)).toHaveLength(1);
    expect(formatSrt(read).trimEnd()).not.toMatch(/\n\r?\n/);
  });

  test.each([
    ["nothing", ""],
    ["prose", "These are the minutes of the meeting."],
    ["broken JSON", '{"format": '],
    ["other JSON", '{"format": "something-else"}'],
    [
      "JSON with an impossible cue",
      '{"format":"archivist-captions","version":1,"cues":[{"startMs":5,"endMs":5,"lines":[]}]}',
    ],
  ])("%s is not captions", (_name, text) => {
    expect(() => readCaptions(text)).toThrow(NotCaptionsError);
  });
});

describe("files as they are found", () => {
  test("automatic captions that roll are read with every line once", () => {
    const text = [
      "WEBVTT\nKind: captions\nLanguage: en",
      "00:00:01.000 --> 00:00:03.000 align:start position:0%\n \ngood<00:00:01.400><c> evening</c><00:00:02.000><c> everyone</c>",
      "00:00:03.000 --> 00:00:03.010 align:start position:0%\ngood evening everyone\n ",
      "00:00:03.010 --> 00:00:05.000 align:start position:0%\ngood evening everyone\nwelcome<00:00:03.400><c> to</c><00:00:04.000><c> the</c>",
      "00:00:05.000 --> 00:00:05.010 align:start position:0%\nwelcome to the\n ",
      "00:00:05.010 --> 00:00:07.000 align:start position:0%\nwelcome to the\ncity<00:00:05.400><c> council</c>",
      "00:00:07.000 --> 00:00:07.010 align:start position:0%\ncity council\n ",
    ].join("\n\n");
    const { cues: read, issues } = readCaptions(text);
    expect(issues).toEqual([]);
    expect(read.map(({ startMs, endMs, lines }) => [startMs, endMs, ...lines])).toEqual([
      [1_000, 3_010, "good evening everyone"],
      [3_010, 5_010, "welcome to the"],
      [5_010, 7_010, "city council"],
    ]);
  });

  test("people who say something twice are not taken for rolling captions", () => {
    const said: readonly Cue[] = Array.from({ length: 10 }, (_, index) => ({
      startMs: index * 2_000,
      endMs: index * 2_000 + 2_000,
      lines: [index % 5 === 0 ? "Aye." : `Line ${index}`],
    }));
    expect(readCaptions(formatSrt(said)).cues).toEqual(said);
  });

  test("angle brackets that are no tags are text", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\nI said <inaudible> to <clerk@city.gov>\nx <y and z> w\n";
    expect(readCaptions(text).cues[0]?.lines).toEqual(["I said <inaudible> to <clerk@city.gov>", "x <y and z> w"]);
  });

  test("a number that is not the next caption's is text", () => {
    const text = "1\n00:00:01,000 --> 00:00:02,000\nlast\n\n1999\n";
    expect(readCaptions(text).cues[0]?.lines).toEqual(["last", "1999"]);
  });
});

describe("transcripts", () => {
  const spoken: readonly Word[] = [
    { text: "Is", startMs: 1_000, endMs: 1_200, probability: 1, speaker: "Mayor Johnson" },
    { text: "there", startMs: 1_200, endMs: 1_400, probability: 1, speaker: "Mayor Johnson" },
    { text: "a", startMs: 1_400, endMs: 1_500, probability: 1, speaker: "Mayor Johnson" },
    { text: "second?", startMs: 1_500, endMs: 1_900, probability: 1, speaker: "Mayor Johnson" },
    { text: "Second.", startMs: 4_000, endMs: 4_500, probability: 1, speaker: "Peña" },
  ];

  test("name the speakers, with the time at which they begin", () => {
    expect(writeCaptions("txt", { cues: [], words: spoken })).toBe(
      "[00:00:01] Mayor Johnson: Is there a second?\n\n[00:00:04] Peña: Second.\n",
    );
  });

  test("are read again as captions that fit, and it is told that the times are shared out", () => {
    const text = `${writeCaptions("txt", { cues: [], words: spoken })}\n[00:01:00] ${"All in favor say aye. ".repeat(20)}`;
    const { format, cues: read, issues } = readCaptions(text);
    expect(format).toBe("txt");
    expect(issues).toMatchObject([{ rule: "guessed-times" }]);
    expect(read[0]).toMatchObject({ startMs: 1_000, lines: ["Is there a second?"], speaker: "Mayor Johnson" });
    expect(read.map((cue) => cue.lines.join(" ")).join(" ")).toBe(
      `Is there a second? Second. ${"All in favor say aye. ".repeat(20).trim()}`,
    );
    expect(read.every((cue) => cue.lines.length <= 2 && cue.lines.every((line) => line.length <= 32))).toBe(true);
    for (const [index, cue] of read.entries()) expect(cue.startMs).toBeGreaterThanOrEqual(read[index - 1]?.endMs ?? 0);
  });
});
