import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";

const tt = (body: string, head = "", attributes = ""): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xml:lang="en" ${attributes}><head>${head}</head><body>${body}</body></tt>`;
const read = (body: string, head = "", attributes = ""): readonly Cue[] =>
  readCaptions(tt(body, head, attributes)).cues;
const listTimes = (cues: readonly Cue[]): readonly (readonly [number, number, string])[] =>
  cues.map(({ startMs, endMs, lines }) => [startMs, endMs, lines.join("/")]);
const listMessages = (body: string, head = ""): readonly string[] =>
  readCaptions(tt(body, head)).issues.map(({ message }) => message);

describe("time containers", () => {
  test.each<[string, string, readonly (readonly [number, number, string])[]]>([
    [
      "a sequence of paragraphs",
      '<div timeContainer="seq"><p dur="2s">one</p><p dur="2s">two</p><p dur="2s">three</p></div>',
      [
        [0, 2_000, "one"],
        [2_000, 4_000, "two"],
        [4_000, 6_000, "three"],
      ],
    ],
    [
      "a begin in a sequence counts from the end of what is before it",
      '<div begin="10s" timeContainer="seq"><p begin="1s" end="3s">one</p><p begin="1s" dur="2s">two</p></div>',
      [
        [11_000, 13_000, "one"],
        [14_000, 16_000, "two"],
      ],
    ],
    [
      "a sequence of parts, each with its own times inside",
      '<div timeContainer="seq"><div dur="10s"><p begin="1s" end="2s">one</p></div><div dur="10s"><p begin="1s" end="2s">two</p></div></div>',
      [
        [1_000, 2_000, "one"],
        [11_000, 12_000, "two"],
      ],
    ],
    [
      "a part of a sequence without times lasts as long as what is in it",
      '<div timeContainer="seq"><div timeContainer="seq"><p dur="1s">one</p><p dur="1s">two</p></div><p dur="1s">three</p></div>',
      [
        [0, 1_000, "one"],
        [1_000, 2_000, "two"],
        [2_000, 3_000, "three"],
      ],
    ],
    [
      "a sequence of spans",
      '<div><p begin="5s" timeContainer="seq"><span dur="1s">one</span><span dur="2s">two</span></p></div>',
      [
        [5_000, 6_000, "one"],
        [6_000, 8_000, "two"],
      ],
    ],
    [
      "in parallel, which is what nothing else says",
      '<div timeContainer="par" begin="1s"><p begin="0s" dur="1s">one</p><p begin="2s" dur="1s">two</p></div>',
      [
        [1_000, 2_000, "one"],
        [3_000, 4_000, "two"],
      ],
    ],
    [
      "the earlier one of end and duration counts, and no later than the parent's",
      '<div begin="0s" end="10s"><p begin="1s" end="5s" dur="2s">one</p><p begin="4s" end="5s" dur="9s">two</p><p begin="8s" end="20s">three</p></div>',
      [
        [1_000, 3_000, "one"],
        [4_000, 5_000, "two"],
        [8_000, 10_000, "three"],
      ],
    ],
    [
      "without an end: until the next one, or the parent's end",
      '<div><p begin="1s">one</p><p begin="3s">two</p><p begin="5s" end="7s">three</p></div><div end="20s"><p begin="9s">four</p></div>',
      [
        [1_000, 3_000, "one"],
        [3_000, 5_000, "two"],
        [5_000, 7_000, "three"],
        [9_000, 20_000, "four"],
      ],
    ],
    [
      "without an end, for two at once and for the last",
      '<div><p begin="1s">one</p><p begin="1s">also one</p><p begin="3s">two</p></div>',
      [
        [1_000, 3_000, "one"],
        [1_000, 3_000, "also one"],
        [3_000, 5_000, "two"],
      ],
    ],
    [
      "spans that come one after the other into a caption",
      '<div><p begin="10s" end="14s"><span begin="0s">one</span> <span begin="1s">two</span></p></div>',
      [
        [10_000, 11_000, "one"],
        [11_000, 14_000, "one two"],
      ],
    ],
  ])("%s", (_name, body, expected) => {
    expect(listTimes(read(body))).toEqual(expected);
  });

  test("an end that had to be found is told", () => {
    expect(listMessages('<div><p begin="1s">one</p><p begin="3s">two</p></div>')).toEqual([
      "1 × a caption without an end: it stays until the next one",
      "the last caption has no end: it stays as long as it takes to read",
    ]);
  });

  test("text without any time is told, not shown at zero", () => {
    const { cues, issues } = readCaptions(tt("<div><p>one</p><p begin='1s' end='2s'>two</p></div>"));
    expect(cues).toHaveLength(1);
    expect(issues).toMatchObject([{ rule: "unreadable", message: "this text has no times: one" }]);
  });

  test("a program that begins at hour 1 is moved to zero, by the clock and by labels", () => {
    const body = '<div><p begin="01:00:02:00" end="01:00:04:00">one</p></div>';
    expect(listTimes(read(body))).toEqual([[2_000, 4_000, "one"]]);
    const smpte = 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" ttp:dropMode="nonDrop"';
    const labelled = readCaptions(tt(body, "", smpte));
    expect(listTimes(labelled.cues)).toEqual([[2_002, 4_004, "one"]]);
    expect(labelled.issues).toMatchObject([{ rule: "start" }]);
    expect(listTimes(readCaptions(tt(body), { startMs: 0 }).cues)).toEqual([[3_602_000, 3_604_000, "one"]]);
  });
});

describe("places", () => {
  const place = (region: string, paragraph = "", text = "Aye."): Partial<Cue> => {
    const [cue] = read(
      `<div><p begin="1s" end="2s" region="r" ${paragraph}>${text}</p></div>`,
      `<layout><region xml:id="r" ${region}/></layout>`,
    );
    return {
      ...(cue?.edge === undefined ? {} : { edge: cue.edge }),
      ...(cue?.align === undefined ? {} : { align: cue.align }),
    };
  };
  test.each<[string, string, Partial<Cue>]>([
    [
      'tts:origin="50% 80%" tts:extent="50% 15%" tts:textAlign="right" tts:displayAlign="after"',
      "",
      { align: "right" },
    ],
    ['tts:origin="10% 40%" tts:extent="80% 20%" tts:displayAlign="center"', "", { edge: "middle" }],
    [
      'tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="before"',
      'tts:textAlign="left"',
      { edge: "top", align: "left" },
    ],
    ['tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', 'tts:textAlign="start"', { align: "left" }],
    ['tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', 'tts:textAlign="end"', { align: "right" }],
    [
      'tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"',
      'tts:textAlign="start" tts:direction="rtl"',
      { align: "right" },
    ],
    [
      'tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"',
      'tts:textAlign="center"',
      { align: "center" },
    ],
    ['tts:origin="5% 80%" tts:extent="40% 15%" tts:textAlign="center" tts:displayAlign="after"', "", { align: "left" }],
    [
      'tts:origin="16c 1c" tts:extent="16c 3c" tts:textAlign="right" tts:displayAlign="before"',
      "",
      { edge: "top", align: "right" },
    ],
    ['tts:position="center top" tts:extent="80% 10%" tts:displayAlign="before"', "", { edge: "top" }],
    [
      'tts:position="right 100%" tts:extent="40% 10%" tts:textAlign="right" tts:displayAlign="after"',
      "",
      { align: "right" },
    ],
  ])("%s %s is %j", (region, paragraph, expected) => {
    expect(place(region, paragraph)).toEqual(expected);
  });

  test("what body and div say counts more than the region, as it is nearer to the text", () => {
    const head =
      '<layout><region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%" tts:textAlign="right" tts:displayAlign="after"/></layout>';
    expect(read('<div region="r" tts:textAlign="left"><p begin="1s" end="2s">Aye.</p></div>', head)[0]?.align).toBe(
      "left",
    );
  });

  test("exact places keep their corner", () => {
    const cues = [{ startMs: 1_000, endMs: 2_000, lines: ["Aye."], places: [{ row: 2, column: 1 }] }];
    const text = writeCaptions("ttml", { cues, words: [] });
    expect(text).toContain('tts:origin="10% 15.33%" tts:extent="80% 74.67%"');
    expect(readCaptions(text).cues[0]).toMatchObject({ edge: "top", align: "left" });
  });
});

describe("looks", () => {
  const styling =
    '<styling><style xml:id="base" tts:color="#FFFF00FF"/><style xml:id="it" style="base" tts:fontStyle="italic"/><style xml:id="u" tts:textDecoration="underline"/></styling>';
  test.each<[string, Partial<Cue>]>([
    [
      'x <span tts:fontStyle="italic">y</span>',
      { lines: ["x y"], styles: [{ parts: [{ from: 2, to: 3, italic: true }] }] },
    ],
    ['<span tts:color="yellow">yellow</span>', { lines: ["yellow"], styles: [{ color: "yellow" }] }],
    ['<span style="it">y</span>', { lines: ["y"], styles: [{ italic: true, color: "yellow" }] }],
    ['<span style="it u">y</span>', { lines: ["y"], styles: [{ italic: true, underline: true, color: "yellow" }] }],
    ['<span style="it" tts:fontStyle="normal">y</span>', { lines: ["y"], styles: [{ color: "yellow" }] }],
    [
      '<span tts:color="rgba(0,255,255,255)">a<br/>b</span>',
      { lines: ["a", "b"], styles: [{ color: "cyan" }, { color: "cyan" }] },
    ],
    [
      '<span tts:ruby="container"><span tts:ruby="base">漢字</span><span tts:ruby="text">かんじ</span></span>です',
      { lines: ["漢字(かんじ)です"] },
    ],
    ["caf&eacute; &amp; tea &#8212; Q & A", { lines: ["café & tea — Q & A"] }],
  ])("%s", (text, expected) => {
    expect(read(`<div><p begin="1s" end="2s">${text}</p></div>`, styling)[0]).toEqual({
      startMs: 1_000,
      endMs: 2_000,
      ...expected,
    });
  });

  test("what the file does not show is not shown, and it is told", () => {
    const body = `<div><p begin="1s" end="2s" tts:display="none">hidden</p><p begin="3s" end="4s" tts:visibility="hidden">a<span tts:visibility="visible">b</span></p></div>
      <div tts:display="none"><p begin="5s" end="6s">c</p></div><div><p begin="7s" end="8s">d<span tts:color="transparent">e</span></p></div>`;
    expect(listTimes(read(body))).toEqual([
      [3_000, 4_000, "b"],
      [7_000, 8_000, "d"],
    ]);
    expect(listMessages(body)).toEqual([
      "not kept: 2 × a caption that the file does not show",
      "not kept: 2 × a part of a caption that the file does not show",
    ]);
  });

  test("another color becomes the nearest, and it is told; so are bold text and another language", () => {
    const body = `<div xml:lang="en"><p begin="1s" end="2s"><span tts:color="#ff8800" tts:fontWeight="bold">x</span></p></div>
      <div xml:lang="es"><p begin="1s" end="2s">y</p></div>`;
    expect(read(body)).toEqual([{ startMs: 1_000, endMs: 2_000, lines: ["x"], styles: [{ color: "yellow" }] }]);
    expect(listMessages(body)).toEqual([
      "not kept: 1 × the captions in another language (es)",
      "not kept: 1 × bold text",
      "not kept: 1 × a color that captions do not have: the nearest is taken",
    ]);
  });

  test("captions that are pictures are refused with what to do", () => {
    const body = '<div><p begin="1s" end="2s" smpte:backgroundImage="#a" xmlns:smpte="s"/></div>';
    expect(() => readCaptions(tt(body))).toThrow(/pictures, not text; export them as text/);
  });
});
