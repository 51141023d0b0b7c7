/** Generates damaged caption files, as broken tools, broken disks or attackers produce them. */
import type { Cue } from "../../../electron/captions/cue.ts";
import { writeCaptions } from "../../../electron/captions/formats/write.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import type { Random } from "../random.ts";

const cues: readonly Cue[] = [
  { startMs: 2_000, endMs: 4_000, lines: ["I call this meeting", "to order."] },
  { startMs: 4_500, endMs: 7_000, lines: ["Roll call, please. ♪ Ü"], edge: "top", styles: [{ italic: true }] },
  { startMs: 61_000, endMs: 64_000, lines: [">> MAYOR: Aye.", "Any <questions> & remarks?"], speaker: "Mayor Peña" },
];

/** Valid files of every format and mode. */
export const soundFiles: readonly string[] = [
  ...(["srt", "vtt", "ttml", "json"] as const).map((format) => writeCaptions(format, { cues, words: [] })),
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
