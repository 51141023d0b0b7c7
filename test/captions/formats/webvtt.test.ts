import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";

/** A file of one cue. */
const one = (settings: string, text: string): string => `WEBVTT\n\n00:01.000 --> 00:03.000 ${settings}\n${text}\n`;
const readOne = (settings: string, text: string): Partial<Cue> | undefined => readCaptions(one(settings, text)).cues[0];
const listLines = (text: string): readonly (readonly string[])[] => readCaptions(text).cues.map(({ lines }) => lines);
const listLeftOut = (text: string): readonly string[] =>
  readCaptions(text)
    .issues.filter(({ rule }) => rule === "left-out")
    .map(({ message }) => message.replace("not kept: ", ""));

describe("blocks, as W3C WebVTT §6.1 has them", () => {
  test("a line with an arrow ends the header", () => {
    const text =
      "WEBVTT\n00:00:01.000 --> 00:00:03.000\nThe meeting will come to order.\n\n00:00:03.500 --> 00:00:05.000\nPlease call the roll.\n";
    expect(listLines(text)).toEqual([["The meeting will come to order."], ["Please call the roll."]]);
  });

  test("a line with an arrow ends NOTE and STYLE, under the header and further down", () => {
    const block =
      "NOTE\nblock directly under the header\nSTYLE\n::cue { color: lime }\n00:00:01.000 --> 00:00:03.000\nShown";
    for (const text of [`WEBVTT\n${block}\n`, `WEBVTT\n\n${block}\n`]) expect(listLines(text)).toEqual([["Shown"]]);
    expect(listLeftOut(`WEBVTT\n${block}\n`)).toEqual(["1 × NOTE", "1 × STYLE"]);
  });

  test.each([
    ["CR", "\r"],
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR CR LF", "\r\r\n"],
  ])("lines that end in %s", (_name, end) => {
    const text = [
      "WEBVTT",
      "",
      "id",
      "00:01.000 --> 00:02.000",
      "One",
      "two",
      "",
      "00:03.000 --> 00:04.000",
      "Three",
      "",
    ];
    expect(listLines(text.join(end))).toEqual([["One", "two"], ["Three"]]);
  });

  test("a mark, text behind the signature, an identifier, one called NOTE, cues without a blank line between", () => {
    const text =
      "\uFEFFWEBVTT - council\nKind: captions\nLanguage: es-US\n\nNOTE\n00:01.000 --> 00:02.000\nOne\n00:02.000 --> 00:03.000\nTwo\n\n\n\n7\n00:03.000-->00:04.000\nThree";
    expect(listLines(text)).toEqual([["One"], ["Two"], ["Three"]]);
    expect(readCaptions(text).language).toBe("es-US");
  });

  test("a row of blanks does not end a cue, a zero byte is a character that is not known", () => {
    expect(readOne("", "One\n \ntwo\0")?.lines).toEqual(["One", "two\uFFFD"]);
  });

  test("text that no time belongs to is told with its line, never dropped in silence", () => {
    const { cues, issues } = readCaptions("WEBVTT\n\nabove\nbelow\n00:01.000 --> 00:02.000\nOne\n");
    expect(cues).toHaveLength(1);
    expect(issues).toMatchObject([{ rule: "unreadable", line: 3, message: "this text has no times: above below" }]);
  });
});

describe("cue settings", () => {
  test.each<[string, Partial<Cue>]>([
    ["", {}],
    ["align:left", { align: "left" }],
    ["align:start", { align: "left" }],
    ["align:right", { align: "right" }],
    ["align:end", { align: "right" }],
    ["align:center", { align: "center" }],
    ["align:middle", { align: "center" }],
    ["align:start position:0%", { align: "left" }],
    ["align:start position:80%", { align: "right" }],
    ["align:end position:30%", { align: "left" }],
    ["position:15%", { align: "left" }],
    ["position:50%", {}],
    ["position:85%", { align: "right" }],
    ["position:10%,line-left size:30%", { align: "left" }],
    ["position:90%,line-right size:30%", { align: "right" }],
    ["line:0", { edge: "top" }],
    ["line:10%", { edge: "top" }],
    ["line:50%", { edge: "middle" }],
    ["line:50%,center", { edge: "middle" }],
    ["line:85%", {}],
    ["line:100%,end", {}],
    ["line:-1", {}],
    ["line:-2", {}],
    ["line:-16", { edge: "top" }],
    ["line:8", { edge: "middle" }],
    ["line:14", {}],
    ["line:101%", {}],
    ["line:top align:up position:left", {}],
    ["line:5% align:right size:40%", { edge: "top", align: "right" }],
  ])("%j is %j", (settings, place) => {
    expect(readOne(settings, "Aye.")).toEqual({ startMs: 1_000, endMs: 3_000, lines: ["Aye."], ...place });
  });

  test("text of the whole width stands where it says, not where its box ends", () => {
    const wide = "The council will now vote on it.";
    expect(readOne("align:left", wide)?.align).toBe("left");
    expect(readOne("align:start position:12%", wide)?.align).toBe("left");
    expect(readOne("position:50%", wide)?.align).toBeUndefined();
  });

  test("start and end follow the writing", () => {
    expect(readOne("align:start", "שלום לכולם")?.align).toBe("right");
    expect(readOne("align:end", "שלום לכולם")?.align).toBe("left");
  });

  test("a region is a place", () => {
    const region = "REGION\nid:top\nwidth:40%\nlines:3\nregionanchor:0%,0%\nviewportanchor:10%,10%\nscroll:up";
    const text = `WEBVTT\n\n${region}\n\n00:01.000 --> 00:02.000 region:top align:left\nAye.\n`;
    expect(readCaptions(text).cues[0]).toMatchObject({ edge: "top", align: "left" });
    expect(listLeftOut(text)).toEqual(["1 × REGION that scrolls"]);
  });

  test("what captions do not have is told", () => {
    expect(listLeftOut(one("vertical:rl line:0", "Aye."))).toEqual(["1 × vertical text"]);
    expect(readOne("vertical:rl line:0", "Aye.")?.edge).toBeUndefined();
  });
});

describe("the text of a cue", () => {
  test.each<[string, Partial<Cue>]>([
    [
      "Partly <i>italic</i> words",
      { lines: ["Partly italic words"], styles: [{ parts: [{ from: 7, to: 13, italic: true }] }] },
    ],
    [
      "<i>All of it\nin two rows</i>",
      { lines: ["All of it", "in two rows"], styles: [{ italic: true }, { italic: true }] },
    ],
    ["<c.yellow>Yellow</c>", { lines: ["Yellow"], styles: [{ color: "yellow" }] }],
    ["<c.lime.bg_black>Green</c>", { lines: ["Green"], styles: [{ color: "green" }] }],
    [
      "<u>a</u> <i><c.red>b</c></i>",
      {
        lines: ["a b"],
        styles: [
          {
            parts: [
              { from: 0, to: 1, underline: true },
              { from: 2, to: 3, italic: true, color: "red" },
            ],
          },
        ],
      },
    ],
    ["<v Mayor Smith>Call to order.", { lines: ["Call to order."], speaker: "Mayor Smith" }],
    ["<v.loud.first O&apos;Brien &amp; Sons>Aye.</v>", { lines: ["Aye."], speaker: "O'Brien & Sons" }],
    ["<lang es>Hola</lang> <b>x</b>", { lines: ["Hola x"] }],
    ["<ruby>漢字<rt>かんじ</rt></ruby>です", { lines: ["漢字(かんじ)です"] }],
    ["caf&eacute; &mdash; &hellip; &ldquo;q&rdquo; &frac12; &#233;&#x2014;", { lines: ["café — … “q” ½ é—"] }],
    ["Q&A at AT&T, R&D; &nosuchname; &amp;lt;", { lines: ["Q&A at AT&T, R&D; &nosuchname; &lt;"] }],
    ["a&nbsp;b&#10;c&#7;d", { lines: ["a b c d"] }],
    ["I said <inaudible> to <clerk@city.gov>", { lines: ["I said <inaudible> to <clerk@city.gov>"] }],
  ])("%j", (text, expected) => {
    expect(readOne("", text)).toEqual({ startMs: 1_000, endMs: 3_000, ...expected });
  });

  test("what captions do not have is told", () => {
    const text = one("", "<b>Bold</b> <c.bg_red>x</c> <v A>one</v> <v B>two</v>");
    expect(listLeftOut(text)).toEqual(["1 × bold text", "1 × a background", "1 × a second speaker in a caption"]);
  });
});

describe("writing", () => {
  const write = (cue: Omit<Cue, "startMs" | "endMs">): string =>
    writeCaptions("vtt", { cues: [{ startMs: 1_000, endMs: 2_000, ...cue }], words: [] }).slice("WEBVTT\n\n1\n".length);

  test("places and looks", () => {
    const styles = [{ parts: [{ from: 4, to: 8, italic: true, color: "green" as const }] }];
    expect(write({ lines: ["not this one"], styles, edge: "top", align: "right" })).toBe(
      "00:00:01.000 --> 00:00:02.000 line:10% position:90% align:right\nnot <i><c.lime>this</c></i> one\n",
    );
    expect(write({ lines: ["Middle"], edge: "middle" })).toContain(" line:47.34%\n");
  });

  test("exact places", () => {
    const places = [
      { row: 3, column: 9 },
      { row: 4, column: 9 },
    ];
    expect(write({ lines: ["- Yes.", "- No."], places })).toContain(" line:20.67% position:30% align:left\n");
  });
});
