import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { NotCaptionsError, readCaptions } from "../../../electron/captions/formats/read.ts";
import { parseTtmlTime, ttmlClock } from "../../../electron/captions/formats/ttml/time.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { styledCueList } from "../arbitraries.ts";

const tt = (attributes: string, body: string, head = ""): string =>
  `<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" ${attributes}><head>${head}</head><body>${body}</body></tt>`;

const clock = (parameters: Readonly<Record<string, string>> = {}) => ttmlClock((name) => parameters[name]);

describe("times", () => {
  test.each([
    ["00:00:01.500", 1_500],
    ["01:00:00", 3_600_000],
    ["00:00:01:15", 1_500],
    ["12.345s", 12_345],
    ["1.5h", 5_400_000],
    ["90m", 5_400_000],
    ["250ms", 250],
    ["45f", 1_500],
    ["2t", 2_000],
  ])("%s is %i ms", (text, ms) => {
    expect(parseTtmlTime(text, clock())).toBeCloseTo(ms, 6);
  });

  test("frames and ticks go by the document's own clock", () => {
    const ntsc = clock({ frameRate: "30", frameRateMultiplier: "1000 1001" });
    expect(parseTtmlTime("30f", ntsc)).toBeCloseTo(1001, 6);
    expect(parseTtmlTime("01:00:00:00", ntsc)).toBe(3_600_000);
    expect(parseTtmlTime("25f", clock({ frameRate: "25" }))).toBe(1_000);
    expect(parseTtmlTime("10000000t", clock({ tickRate: "10000000" }))).toBe(1_000);
  });

  test.each(["", "1", "1.2.3s", "soon", "00:61:00", "-1s", "1e9s"])("%j is none", (text) => {
    expect(parseTtmlTime(text, clock())).toBeUndefined();
  });
});

describe("reading", () => {
  const read = (text: string): readonly Cue[] => readCaptions(text).cues;

  test("lines, looks, regions, speakers", () => {
    const head = `
      <metadata><ttm:agent xml:id="m" type="person" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><ttm:name>Mayor Peña</ttm:name></ttm:agent></metadata>
      <styling><style xml:id="it" tts:fontStyle="italic" xmlns:tts="http://www.w3.org/ns/ttml#styling"/></styling>
      <layout><region xml:id="up"><style tts:displayAlign="before" xmlns:tts="http://www.w3.org/ns/ttml#styling"/></region></layout>`;
    const body = `<div><p begin="1s" end="2s" region="up" ttm:agent="m" xmlns:ttm="x">One <br/> <span style="it">two</span></p></div>`;
    expect(read(tt("", body, head))).toEqual([
      {
        startMs: 1_000,
        endMs: 2_000,
        lines: ["One", "two"],
        styles: [{}, { italic: true }],
        edge: "top",
        speaker: "Mayor Peña",
      },
    ]);
  });

  test("times of body, div and p add up, and durations count", () => {
    const body = `<div begin="10s"><p begin="1s" dur="2s">One</p><p begin="4s" end="5s">Two</p></div>`;
    expect(read(tt("", body)).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [11_000, 13_000],
      [14_000, 15_000],
    ]);
  });

  test("any prefix will do, and so will timed spans", () => {
    const text = `<tt:tt xmlns:tt="http://www.w3.org/ns/ttml"><tt:body><tt:div><tt:p><tt:span begin="1s" end="2s">One</tt:span><tt:span begin="2s" end="3s">Two</tt:span></tt:p></tt:div></tt:body></tt:tt>`;
    expect(read(text).map(({ lines }) => lines)).toEqual([["One"], ["Two"]]);
  });

  test("text around timed spans stays while they come and go, and spans deep inside count", () => {
    const body = `<div><p begin="1s" end="9s">Hello <span begin="1s" end="2s">timed</span></p>
      <p begin="10s" end="20s"><span><span begin="0s" end="1s">deep</span></span></p></div>`;
    expect(read(tt("", body)).map(({ startMs, lines }) => [startMs, lines[0]])).toEqual([
      [1_000, "Hello"],
      [2_000, "Hello timed"],
      [3_000, "Hello"],
      [10_000, "deep"],
    ]);
  });

  test("labels of SMPTE time count frames", () => {
    const parameters = 'ttp:timeBase="smpte" ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001" xmlns:ttp="p"';
    const body = '<div><p begin="01:00:00:00" end="01:00:02:00">One</p></div>';
    const startMs = (mode: string): number | undefined =>
      readCaptions(tt(`${parameters} ttp:dropMode="${mode}"`, body), { startMs: 0 }).cues[0]?.startMs;
    expect(startMs("nonDrop")).toBe(3_603_600);
    expect(startMs("dropNTSC")).toBe(3_599_996);
  });

  test.each([
    ['tts:origin="10% 80%" tts:extent="80% 15%" tts:displayAlign="before"', undefined],
    ['tts:origin="10% 5%" tts:extent="80% 15%" tts:displayAlign="after"', "top"],
    ['tts:origin="128px 40px" tts:extent="1024px 100px" tts:displayAlign="before"', "top"],
    ['tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="after"', undefined],
    ['tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="before"', "top"],
  ])("a region %s is %s", (region, edge) => {
    const head = `<layout><region xml:id="r" ${region} xmlns:tts="s"/></layout>`;
    const body = '<div><p begin="1s" end="2s" region="r">One</p></div>';
    expect(read(tt('tts:extent="1280px 720px" xmlns:tts="s"', body, head))[0]?.edge).toBe(edge);
  });

  test("a style may refer to another one, before or after it", () => {
    const head = `<styling xmlns:tts="s"><style xml:id="a" style="b"/><style xml:id="b" tts:fontStyle="italic"/><style xml:id="c" style="c"/></styling>`;
    const body = '<div><p begin="1s" end="2s" style="a">One</p><p begin="2s" end="3s" style="c">Two</p></div>';
    expect(read(tt("", body, head)).map(({ styles }) => styles)).toEqual([[{ italic: true }], undefined]);
  });

  test("what cannot be used is told", () => {
    const body = `<div><p begin="soon" end="2s">One</p><p begin="3s">Two</p><p begin="5s" end="4s">Three</p><p begin="6s" end="7s">Four</p></div>`;
    const { cues, issues } = readCaptions(tt("", body));
    expect(cues).toHaveLength(2);
    expect(issues.map(({ message }) => message)).toEqual([
      'the time cannot be read: begin="soon"',
      "the caption ends before it begins: Three",
      "1 × a caption without an end: it stays until the next one",
    ]);
  });

  test.each([
    ["XML that is not TTML", "<?xml version='1.0'?><html/>"],
    ["broken XML", "<tt xmlns='http://www.w3.org/ns/ttml'><body>"],
    [
      "a bomb of entities",
      '<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><tt><body>&b;</body></tt>',
    ],
    ["nesting without end", "<tt>".repeat(100_000)],
  ])("%s is refused", (_name, text) => {
    expect(() => readCaptions(text)).toThrow(NotCaptionsError);
  });
});

describe("round trips", () => {
  test.each(["ttml", "vtt", "json"] as const)("%s keeps text, times, looks, places and speakers", (format) => {
    fc.assert(
      fc.property(styledCueList(10), (cues) => {
        if (cues.length === 0) return;
        expect(readCaptions(writeCaptions(format, { cues, words: [] })).cues).toEqual(cues);
      }),
      { numRuns: 500 },
    );
  });

  test("srt keeps all but speakers", () => {
    fc.assert(
      fc.property(styledCueList(10), (cues) => {
        if (cues.length === 0) return;
        const kept = cues.map(({ speaker: _speaker, ...rest }) => rest);
        const unlabeled = { ...defaultProfile, speakerLabels: "none" } as const;
        expect(readCaptions(writeCaptions("srt", { cues, words: [] }, unlabeled)).cues).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });
});
