import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { detectFormat, readCaptions } from "../../../electron/captions/formats/read.ts";
import { readByFfmpeg } from "../../support/captions/ffmpeg-reading.ts";

const ass = `[Script Info]
; a comment
ScriptType: v4.00+
PlayResY: 720

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Underline, Alignment
Style: Default,Arial,48,&H00FFFFFF,0,0,0,2
Style: Clerk,Arial,48,&H0000FFFF,0,-1,0,8

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not shown
Dialogue: 0,0:00:04.50,0:00:06.00,Clerk,Clerk,0,0,0,,Roll call,{\\i0} please.
Dialogue: 0,0:00:01.00,0:00:04.00,Default,Mayor Peña,0,0,0,,I {\\i1}call{\\i0} this, meeting\\Nto order.
Dialogue: 0,0:00:07.00,0:00:08.00,Default,,0,0,0,,{\\an9\\c&H0000FF&}Right{\\r} plain
`;

const ssa = `[Script Info]
ScriptType: v4.00

[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Bold, Italic, Alignment
Style: Default,Arial,20,16777215,0,0,6

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,,0000,0000,0000,,At the top.
Dialogue: Marked=0,0:00:03.00,0:00:04.00,*Default,,0000,0000,0000,,{\\a9}In the middle.
`;

const sami = `<SAMI>
<HEAD><TITLE>Council</TITLE>
<STYLE TYPE="text/css"><!--
P { font-family: Arial; }
.ENUSCC { Name: English; lang: en-US; SAMIType: CC; }
--></STYLE></HEAD>
<BODY>
<SYNC Start=1000><P Class=ENUSCC>I call this meeting<br>to <i>order</i>.
<SYNC Start=4000><P Class=ENUSCC>&nbsp;
<SYNC Start=5000><P Class=ENUSCC><font color="#ffff00">Roll call,</font> please.
<SYNC Start=8000><P Class=ENUSCC>&nbsp;
</BODY></SAMI>
`;

const microdvd = `{1}{1}25
{25}{100}I call this meeting|to order.
{125}{150}{Y:i}Roll call
{200}{}{y:i}One|two
{300}{350}{c:$00FFFF}Yellow
`;

const subviewer2 = `[INFORMATION]
[TITLE]Council
[AUTHOR]
[DELAY]0
[END INFORMATION]
[SUBTITLE]
[COLF]&HFFFFFF,[STYLE]bd,[SIZE]18,[FONT]Arial
00:00:01.00,00:00:04.00
I call this meeting[br]to order.

00:00:05.50,00:00:06.00
Roll call, please.
`;

const subviewer1 = `[TITLE]
Council
[BEGIN]
******** START SCRIPT ********
[00:00:01]
I call this meeting|to order.
[00:00:04]

[00:00:05]
Roll call.
[00:00:07]

[end]
******** END SCRIPT ********
`;

const spruce = `//Font select and font size
$FontName = Arial
$HorzAlign = Center
$VertAlign = Bottom
00:00:01:00 , 00:00:04:15 , I ^Icall^I this meeting|to order.
$VertAlign = Top
00:00:05:00,00:00:06:00,Roll call, please.
`;

const sbv = `0:00:01.000,0:00:04.000
I call this meeting
to order.

0:00:05.500,0:00:06.000
Roll call, please.
`;

describe("subtitles of other programs", () => {
  test.each<[string, string, readonly Cue[]]>([
    [
      "ass",
      ass,
      [
        {
          startMs: 1_000,
          endMs: 4_000,
          lines: ["I call this, meeting", "to order."],
          styles: [{ parts: [{ from: 2, to: 6, italic: true }] }, {}],
          speaker: "Mayor Peña",
        },
        {
          startMs: 4_500,
          endMs: 6_000,
          lines: ["Roll call, please."],
          edge: "top",
          styles: [
            {
              color: "yellow",
              parts: [{ from: 0, to: 10, italic: true, color: "yellow" }],
            },
          ],
          speaker: "Clerk",
        },
        {
          startMs: 7_000,
          endMs: 8_000,
          lines: ["Right plain"],
          edge: "top",
          align: "right",
          styles: [{ parts: [{ from: 0, to: 5, color: "red" }] }],
        },
      ],
    ],
    [
      "ass",
      ssa,
      [
        { startMs: 1_000, endMs: 2_000, lines: ["At the top."], edge: "top" },
        { startMs: 3_000, endMs: 4_000, lines: ["In the middle."], edge: "middle", align: "left" },
      ],
    ],
    [
      "sami",
      sami,
      [
        {
          startMs: 1_000,
          endMs: 4_000,
          lines: ["I call this meeting", "to order."],
          styles: [{}, { parts: [{ from: 3, to: 8, italic: true }] }],
        },
        {
          startMs: 5_000,
          endMs: 8_000,
          lines: ["Roll call, please."],
          styles: [{ parts: [{ from: 0, to: 10, color: "yellow" }] }],
        },
      ],
    ],
    [
      "microdvd",
      microdvd,
      [
        { startMs: 1_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
        { startMs: 5_000, endMs: 6_000, lines: ["Roll call"], styles: [{ italic: true }] },
        { startMs: 8_000, endMs: 12_000, lines: ["One", "two"], styles: [{ italic: true }, {}] },
        { startMs: 12_000, endMs: 14_000, lines: ["Yellow"], styles: [{ color: "yellow" }] },
      ],
    ],
    [
      "subviewer",
      subviewer2,
      [
        { startMs: 1_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
        { startMs: 5_500, endMs: 6_000, lines: ["Roll call, please."] },
      ],
    ],
    [
      "subviewer",
      subviewer1,
      [
        { startMs: 1_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
        { startMs: 5_000, endMs: 7_000, lines: ["Roll call."] },
      ],
    ],
    [
      "spruce",
      spruce,
      [
        {
          startMs: 1_000,
          endMs: 4_500,
          lines: ["I call this meeting", "to order."],
          styles: [{ parts: [{ from: 2, to: 6, italic: true }] }, {}],
        },
        { startMs: 5_000, endMs: 6_000, lines: ["Roll call, please."], edge: "top" },
      ],
    ],
    [
      "sbv",
      sbv,
      [
        { startMs: 1_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
        { startMs: 5_500, endMs: 6_000, lines: ["Roll call, please."] },
      ],
    ],
  ])("%s is known by its content, and read with its styles and places", (format, text, cues) => {
    const windows = `\uFEFF${text.replaceAll("\n", "\r\n")}`;
    for (const form of [text, windows]) {
      const read = readCaptions(form);
      expect(read.format).toBe(format);
      expect(read.cues).toEqual(cues);
      expect(read.issues).toEqual([]);
    }
  });

  test.each([
    ["meeting.ass", ass],
    ["meeting.smi", sami],
    ["microdvd.sub", microdvd],
    ["subviewer2.sub", subviewer2],
    ["subviewer1.sub", subviewer1],
  ])("FFmpeg reads the same captions in %s", (name, text) => {
    const ours = readCaptions(text).cues.map(({ startMs, endMs, lines }) => ({ startMs, endMs, lines }));
    expect(readByFfmpeg(name, text)).toEqual(ours);
  });
});

const messages = (text: string): readonly string[] => readCaptions(text).issues.map(({ message }) => message);
const event = (text: string, layer = 0): string => `Dialogue: ${layer},0:00:01.00,0:00:02.00,Default,,0,0,0,,${text}\n`;
const events = (...texts: readonly string[]): string => `[Script Info]\n\n[Events]\n${texts.join("")}`;

describe("what captions have nothing for is told", () => {
  test("fonts, drawings, exact places and copies in other layers of ASS", () => {
    const text = events(
      event("{\\fnArial\\fs20}Hello"),
      event("{\\p1}m 0 0 l 10 10{\\p0}"),
      event("{\\pos(100,10)}Up here"),
      event("Shadow", 0),
      event("Shadow", 1),
    );
    expect(readCaptions(text).cues.map(({ lines, edge }) => [lines[0], edge])).toEqual([
      ["Hello", undefined],
      ["Up here", "top"],
      ["Shadow", undefined],
    ]);
    expect(messages(text)).toEqual([
      "not kept: 2 × a font, size, movement or effect",
      "not kept: 1 × a drawing",
      "not kept: 1 × an exact position; it becomes top, middle or bottom",
      "not kept: 1 × a copy of a caption in another layer",
    ]);
  });

  test("a second language of SAMI", () => {
    const text =
      "<SAMI><BODY><SYNC Start=0><P Class=EN>Yes.<P Class=ES>Sí.<SYNC Start=900><P Class=EN>No.<P Class=ES>No.</BODY></SAMI>";
    expect(readCaptions(text).cues.map(({ lines, endMs }) => [lines[0], endMs])).toEqual([
      ["Yes.", 900],
      ["No.", 4_900],
    ]);
    expect(messages(text)).toEqual(["not kept: 1 × another language"]);
  });

  test("rows that cannot be read, with their line", () => {
    expect(readCaptions("{10}{20}One\nnot a caption\n{30}{20}Two\n").issues).toMatchObject([
      { rule: "frame-rate" },
      { rule: "unreadable", line: 2 },
      { rule: "unreadable", line: 3, message: "the caption ends before it begins: Two" },
    ]);
    expect(readCaptions(`${sbv}\nText without times\n`).issues).toMatchObject([{ rule: "unreadable", line: 8 }]);
    expect(readCaptions(`${spruce}00:00:07:00 ; Later\n`).issues).toMatchObject([{ rule: "unreadable", line: 8 }]);
    expect(readCaptions(events(event("One"), "Dialogue: 0,soon,later,Default,,0,0,0,,Two\n")).issues).toMatchObject([
      { rule: "unreadable", line: 5 },
    ]);
  });
});

describe("frame rates", () => {
  const rate = { numerator: 25, denominator: 1, nominal: 25 };

  test("MicroDVD without a rate is read at 23.976, which is told, or at the rate that is asked for", () => {
    const text = "{24}{48}One\n";
    expect(readCaptions(text).cues[0]).toMatchObject({ startMs: 1_001, endMs: 2_002 });
    expect(readCaptions(text).issues).toMatchObject([{ rule: "frame-rate" }]);
    expect(readCaptions("{25}{50}One\n", { rate })).toMatchObject({ cues: [{ startMs: 1_000 }], issues: [] });
    expect(readCaptions("{1}{1}29,97\n{30}{60}One\n").cues).toMatchObject([{ startMs: 1_001, endMs: 2_002 }]);
  });

  test("Spruce STL counts 25 frames where a long file has no frame above 24, or where that is asked for", () => {
    const rows = Array.from(
      { length: 60 },
      (_, at) => `00:01:${String(at).padStart(2, "0")}:12,00:01:${String(at).padStart(2, "0")}:24,Text`,
    );
    expect(readCaptions(rows.join("\n")).cues[0]).toMatchObject({ startMs: 60_480, endMs: 60_960 });
    expect(readCaptions([...rows, "00:02:00:00,00:02:00:29,Text"].join("\n")).cues[0]).toMatchObject({
      startMs: 60_400,
    });
    expect(readCaptions("00:00:01:05,00:00:02:00,Text", { rate }).cues[0]).toMatchObject({ startMs: 1_200 });
  });
});

test.each([
  ["an SRT file", "1\n00:00:01,000 --> 00:00:02,000\nHello\n", "srt"],
  ["a transcript with times", "[00:00:01] Hello there.\n", "txt"],
  ["Archivist's JSON", '{"format": "archivist-captions", "version": 1, "cues": [], "words": []}', "json"],
  ["prose", "These are the minutes, {as they} were read.", undefined],
])("%s is still taken for what it is", (_name, text, format) => {
  expect(detectFormat(text)).toBe(format);
});
