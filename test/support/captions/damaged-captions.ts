/** Generates damaged caption files, as broken tools, broken disks or attackers produce them. */
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import type { Random } from "../random.ts";
import { soundFiles as formatFiles, soundCues } from "./sound-files.ts";

/** Valid files of every registered format, and of every mode of SCC. */
export const soundFiles: readonly Uint8Array[] = [
  ...formatFiles,
  ...captionModes.map((mode) => Buffer.from(encodeScc(soundCues, { mode }).text)),
];

/** Bytes of binary files become letters here: a reader of text has to refuse them as well. */
const soundTexts: readonly string[] = soundFiles.map((bytes) => Buffer.from(bytes).toString());

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
  let text = one(soundTexts);
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
        text = pick() < 0.2 ? text.slice(0, at) : text.slice(0, at) + one(soundTexts).slice(0, 300) + text.slice(at);
        break;
    }
  }
  return text;
}

/** The bytes of such a file, as a bad disk or line leaves them: bits turned over, blocks of zeros, an end that is missing. */
export function damagedBytes(pick: Random): Uint8Array {
  const bytes = Buffer.from(
    pick() < 0.5 ? damagedFile(pick) : (soundFiles[Math.floor(pick() * soundFiles.length)] ?? []),
  );
  const flips = Math.floor(pick() * 20);
  for (let flip = 0; flip < flips && bytes.length > 0; flip++) {
    const at = Math.floor(pick() * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(pick() * 8));
  }
  if (pick() < 0.2) bytes.fill(0, Math.floor(pick() * bytes.length), Math.floor(pick() * bytes.length));
  return pick() < 0.2 ? bytes.subarray(0, Math.floor(pick() * bytes.length)) : bytes;
}
