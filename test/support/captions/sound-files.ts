/** Sound files of every registered format, with three captions or more. */
import type { Cue } from "../../../electron/captions/cue.ts";
import {
  type CaptionFormatName,
  captionFormatNames,
  type WrittenFormatName,
  writtenFormatNames,
} from "../../../electron/captions/formats/format-names.ts";
import { writeCaptionFile } from "../../../electron/captions/formats/write.ts";

const cues: readonly Cue[] = [
  { startMs: 2_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
  { startMs: 4_500, endMs: 7_000, lines: ["Roll call, please. ♪ Ü"], edge: "top", styles: [{ italic: true }] },
  {
    startMs: 30_000,
    endMs: 33_000,
    lines: ["Item twelve is next."],
    edge: "middle",
    align: "left",
    styles: [{ parts: [{ from: 5, to: 11, italic: true, color: "yellow" }] }],
  },
  { startMs: 61_000, endMs: 64_000, lines: [">> MAYOR: Aye.", "Any <questions> & remarks?"], speaker: "Mayor Peña" },
];

type ReadOnlyFormat = Exclude<CaptionFormatName, WrittenFormatName>;

/** A record of Cheetah CAP: flags, labels, style, place, text. */
function capRecord(second: number, text: string): readonly number[] {
  const label = (at: number): readonly number[] => [0, 0, at, 0];
  const letters = [...text].map((letter) => letter.charCodeAt(0));
  const body = [0x61, ...label(second), ...label(second + 2), 0x12, 1, 0, 0, 0, 0, 3, 0x0f, 0x10, ...letters, 0];
  return [body.length + 1, ...body];
}

/** Formats that are only read, as other programs write them. */
const foreignFiles: Readonly<Record<ReadOnlyFormat, string | Uint8Array>> = {
  cap: Uint8Array.from([
    ...[0xea, 0x22, 1, 0, 3, 0, 9, 0xa8, 0xaf, 0x4f, ...new Array<number>(118).fill(0)],
    ...capRecord(2, "I call this meeting to order."),
    ...capRecord(5, "Roll call, please."),
    ...capRecord(30, "Item twelve is next."),
  ]),
  spruce:
    "$FontName = Arial\n//Council\n00:00:02:00 , 00:00:04:00 , I call this meeting|to order.\n" +
    "00:00:05:00 , 00:00:07:00 , ^IRoll call, please.^I\n00:00:30:00 , 00:00:33:00 , Item twelve is next.\n",
  ass:
    "[Script Info]\nPlayResY: 288\n\n[V4+ Styles]\nFormat: Name, PrimaryColour, Italic, Alignment\n" +
    "Style: Default,&H00FFFFFF,0,2\n\n[Events]\n" +
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n" +
    "Dialogue: 0,0:00:02.00,0:00:04.00,Default,Mayor,0,0,0,,I call this meeting\\Nto order.\n" +
    "Dialogue: 0,0:00:05.00,0:00:07.00,Default,,0,0,0,,{\\an8\\i1}Roll call, please.{\\i0}\n" +
    "Dialogue: 0,0:00:30.00,0:00:33.00,Default,,0,0,0,,Item {\\c&H00FFFF&}twelve{\\c} is next.\n",
  sami:
    "<SAMI><BODY>\n<SYNC Start=2000><P Class=EN>I call this meeting<br>to order.\n<SYNC Start=4000><P Class=EN>&nbsp;\n" +
    '<SYNC Start=5000><P Class=EN><font color="yellow">Roll call, please.</font>\n<SYNC Start=7000><P Class=EN>&nbsp;\n' +
    "<SYNC Start=30000><P Class=EN><i>Item twelve is next.</i>\n<SYNC Start=33000><P Class=EN>&nbsp;\n</BODY></SAMI>\n",
  subviewer:
    "[INFORMATION]\n[TITLE]Council\n[END INFORMATION]\n[SUBTITLE]\n" +
    "00:00:02.00,00:00:04.00\nI call this meeting[br]to order.\n\n00:00:05.00,00:00:07.00\nRoll call, please.\n\n" +
    "00:00:30.00,00:00:33.00\nItem twelve is next.\n",
  microdvd:
    "{1}{1}25\n{50}{100}I call this meeting|to order.\n{125}{175}{Y:i}{P:0}Roll call, please.\n" +
    "{750}{825}{C:$00FFFF}Item twelve is next.\n",
  whisper: JSON.stringify({
    language: "en",
    segments: [
      { start: 2, end: 4, text: " I call this meeting to order." },
      {
        start: 5,
        end: 7,
        text: " Roll call, please.",
        words: [
          { word: " Roll", start: 5, end: 5.4, probability: 0.9 },
          { word: " call,", start: 5.4, end: 6, probability: 0.9 },
          { word: " please.", start: 6, end: 7, probability: 0.9 },
        ],
      },
      { start: 30, end: 33, text: " Item twelve is next.", speaker: "SPEAKER_01" },
    ],
  }),
};

const isWritten = (format: CaptionFormatName): format is WrittenFormatName =>
  (writtenFormatNames as readonly CaptionFormatName[]).includes(format);

/** A sound file of a format. */
export function makeSoundFile(format: CaptionFormatName): Uint8Array {
  return Buffer.from(isWritten(format) ? writeCaptionFile(format, { cues, words: [] }) : foreignFiles[format]);
}

/** The captions of the files that Archivist writes. */
export const soundCues = cues;

/** A sound file of every registered format. */
export const soundFiles: readonly Uint8Array[] = captionFormatNames.map(makeSoundFile);
