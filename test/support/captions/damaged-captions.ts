/** Generates damaged caption files, as broken tools, broken disks or attackers produce them. */
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionFormatNames } from "../../../electron/captions/formats/format-names.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import type { Random } from "../random.ts";

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

/** Valid files of every registered format, and of every mode of SCC. */
export const soundFiles: readonly string[] = [
  ...captionFormatNames.map((format) => writeCaptions(format, { cues, words: [] })),
  ...captionModes.map((mode) => encodeScc(cues, { mode }).text),
];

const splinters = [
  "",
  "\0",
  "9420",
  "942f 942f",
  "-->",
  "<",
  "<i>",
  "{\\an8}",
  "&#x10FFFF;",
  "&#xD800;",
  "\n",
  "\r\n\r\n",
  "\uFFFF",
  "\uD800",
  "99:99",
  "00:00:00,000 --> 99:59:59,999",
  "<br/>",
  "</p>",
  'begin="1e999s"',
  "NOTE",
  "[".repeat(2_000),
  "<a>".repeat(500),
  " ".repeat(5_000),
  "9".repeat(400),
];

/** A valid file with up to a dozen random corruptions. */
export function damagedFile(pick: Random): string {
  const one = <T>(items: readonly T[]): T => items[Math.floor(pick() * items.length)] as T;
  let text = one(soundFiles);
  const injuries = 1 + Math.floor(pick() * 12);
  for (let injury = 0; injury < injuries; injury++) {
    const at = Math.floor(pick() * text.length);
    const length = Math.floor(pick() * 12);
    switch (Math.floor(pick() * 5)) {
      case 0:
        text = text.slice(0, at) + one(splinters) + text.slice(at + length);
        break;
      case 1:
        text = text.slice(0, at) + text.slice(at + length * 10);
        break;
      case 2:
        text = text.slice(0, at) + text.slice(at, at + 200) + text.slice(at);
        break;
      case 3:
        text = text.slice(0, at) + String.fromCharCode(Math.floor(pick() * 0x10000)) + text.slice(at + 1);
        break;
      case 4:
        text = pick() < 0.2 ? text.slice(0, at) : text.slice(0, at) + one(soundFiles).slice(0, 300) + text.slice(at);
        break;
    }
  }
  return text;
}

/** The bytes of such a file, as a bad disk or line leaves them: bits turned over, blocks of zeros, an end that is missing. */
export function damagedBytes(pick: Random): Uint8Array {
  const bytes = Buffer.from(
    pick() < 0.5 ? damagedFile(pick) : (soundFiles[Math.floor(pick() * soundFiles.length)] ?? ""),
  );
  const flips = Math.floor(pick() * 20);
  for (let flip = 0; flip < flips && bytes.length > 0; flip++) {
    const at = Math.floor(pick() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(pick() * 8));
  }
  if (pick() < 0.2) bytes.fill(0, Math.floor(pick() * bytes.length), Math.floor(pick() * bytes.length));
  return pick() < 0.2 ? bytes.subarray(0, Math.floor(pick() * bytes.length)) : bytes;
}
