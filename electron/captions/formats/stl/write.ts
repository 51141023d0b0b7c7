/**
 * Writes EBU STL files: teletext subtitles, or open subtitles where captions are in italics or underlined, which
 * teletext has no code for (electron/captions/formats/README.md, "EBU STL").
 */
import { append } from "../../append.ts";
import { type StyleRun, toStyleRuns } from "../../character-style.ts";
import { type Cue, type TextColor, toCueRows } from "../../cue.ts";
import type { CueProfile } from "../../quality/caption-profile.ts";
import { fits, refit } from "../../segmentation/refit.ts";
import { frameRates } from "../../time/frame-rate.ts";
import type { CaptionContent, WriteOptions } from "../caption-format.ts";
import {
  type GsiField,
  gsiBytes,
  gsiFields,
  languageCodes,
  lastBlock,
  type StlTime,
  teletextRows,
  textCode,
  textFieldBytes,
  ttiBytes,
} from "./blocks.ts";
import { encodeStlText } from "./characters.ts";

/** A row of teletext has 40 places, of which double height, color and the two of the box take some. */
const maxColumns = 36;
const maxRows = 4;

const colorCodes: Readonly<Record<TextColor, number>> = {
  red: 0x01,
  green: 0x02,
  yellow: 0x03,
  blue: 0x04,
  magenta: 0x05,
  cyan: 0x06,
};
const white = 0x07;
const space = 0x20;

type DisplayStandard = "open" | "teletext";

const { doubleHeight, startBox, endBox, newLine, italicOn, italicOff, underlineOn, underlineOff, unused } = textCode;

/**
 * A row of text with its control codes. A color code takes a place, which is blank: it stands in for the space before
 * its text, and inside a word the color stays as it is, so that no word is torn apart.
 * @param before the color code that holds where the row begins
 * @returns the bytes, and the color code that holds at their end
 */
function toRowText(
  runs: readonly StyleRun[],
  isOpen: boolean,
  before: number,
): { readonly bytes: readonly number[]; readonly color: number } {
  const bytes: number[] = [];
  let color = before;
  for (const { text, style } of runs) {
    const wanted = style.color === undefined ? white : colorCodes[style.color];
    const characters = [...encodeStlText(text)];
    if (wanted !== color && (bytes.length === 0 || bytes.at(-1) === space || characters[0] === space)) {
      if (bytes.at(-1) === space) bytes.pop();
      else if (bytes.length > 0) characters.shift();
      bytes.push(wanted);
      color = wanted;
    }
    if (isOpen && style.italic) bytes.push(italicOn);
    if (isOpen && style.underline) bytes.push(underlineOn);
    append(bytes, characters);
    if (isOpen && style.underline) bytes.push(underlineOff);
    if (isOpen && style.italic) bytes.push(italicOff);
  }
  return { bytes, color };
}

/** The text of a cue with its control codes. */
function toText(cue: Cue, standard: DisplayStandard): readonly number[] {
  const isOpen = standard === "open";
  let color = white;
  return toCueRows(cue).flatMap((row, index) => {
    // A row of teletext begins in white.
    const text = toRowText(toStyleRuns(row.text, row), isOpen, isOpen ? color : white);
    ({ color } = text);
    if (isOpen) return [...(index > 0 ? [newLine] : []), ...text.bytes];
    // A row of double height covers the one below it, so that two new lines follow.
    return [...(index > 0 ? [newLine, newLine] : []), doubleHeight, startBox, startBox, ...text.bytes, endBox, endBox];
  });
}

/** The row at which a cue's first line stands. @param height rows of a line */
function toRow(cue: Cue, lines: number, height: number): number {
  const { edge: position = "bottom" } = cue;
  if (position === "top") return 2;
  const all = lines * height;
  return position === "middle" ? Math.round((teletextRows - all) / 2) + 1 : teletextRows + 1 - all;
}

const justifications = { left: 1, center: 2, right: 3 } as const;

function toTime(ms: number, nominal: number): StlTime {
  const frames = Math.round((ms * nominal) / 1000);
  const seconds = Math.floor(frames / nominal);
  return [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60, frames % nominal];
}

interface BlockContext {
  readonly nominal: number;
  readonly standard: DisplayStandard;
  readonly align: CueProfile["align"];
}

/** The blocks of one subtitle: as many as its text takes. @param number of the subtitle, from 0 */
function toBlocks(cue: Cue, number: number, { nominal, standard, align }: BlockContext): readonly Uint8Array[] {
  const text = toText(cue, standard);
  const count = Math.max(1, Math.ceil(text.length / textFieldBytes));
  const lines = toCueRows(cue).length;
  return Array.from({ length: count }, (_, index) => {
    const block = new Uint8Array(ttiBytes).fill(unused);
    const extension = index === count - 1 ? lastBlock : index;
    const row = toRow(cue, lines, standard === "teletext" ? 2 : 1);
    const head = [
      ...[0, number % 256, Math.floor(number / 256) % 256, extension, 0],
      ...toTime(cue.startMs, nominal),
      ...toTime(cue.endMs, nominal),
      ...[row, justifications[cue.align ?? align], 0],
    ];
    block.set(head);
    block.set(text.slice(index * textFieldBytes, (index + 1) * textFieldBytes), ttiBytes - textFieldBytes);
    return block;
  });
}

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

interface GsiFacts {
  readonly title: string;
  readonly language: string | undefined;
  readonly standard: DisplayStandard;
  readonly nominal: number;
  readonly blocks: number;
  readonly subtitles: number;
  readonly firstCueMs: number;
  readonly date: Date;
}

function toGsi({ title, language, standard, nominal, blocks, subtitles, firstCueMs, date }: GsiFacts): Uint8Array {
  const day = date.toISOString().slice(2, 10).replaceAll("-", "");
  const code = languageCodes[language?.slice(0, 2).toLowerCase() ?? ""] ?? "00";
  const values: Readonly<Record<GsiField, string>> = {
    codePage: "850",
    diskFormat: `STL${digits(nominal, 2)}.01`,
    displayStandard: standard === "teletext" ? "1" : "0",
    codeTable: "00",
    language: code,
    programTitle: title.normalize("NFD").replace(/[^ -~]/g, ""),
    creationDate: day,
    revisionDate: day,
    revision: "00",
    blocks: digits(blocks, 5),
    subtitles: digits(subtitles, 5),
    groups: "001",
    columns: "40",
    rows: digits(teletextRows, 2),
    timecodeStatus: "1",
    programStart: "00000000",
    firstCue: toTime(firstCueMs, nominal)
      .map((value) => digits(value, 2))
      .join(""),
    disks: "1",
    disk: "1",
    country: "USA",
  };
  const block = new Uint8Array(gsiBytes).fill(0x20);
  for (const [field, value] of Object.entries(values)) {
    const [from, length] = gsiFields[field as GsiField];
    block.set(
      [...value.slice(0, length)].map((character) => character.charCodeAt(0)),
      from,
    );
  }
  return block;
}

/** The bytes of an EBU STL file, at 25 frames a second unless another rate is asked for. */
export function formatStl(content: CaptionContent, profile: CueProfile, { rate, date }: WriteOptions): Uint8Array {
  const nominal = (rate ?? frameRates["25"]).nominal === 30 ? 30 : 25;
  const cues = content.cues
    .filter((cue) => toCueRows(cue).length > 0)
    .toSorted((a, b) => a.startMs - b.startMs)
    .flatMap((cue) =>
      fits(cue, maxRows, maxColumns) ? [cue] : refit(cue, { ...profile, maxLineLength: Math.min(maxColumns, 32) }),
    );
  const isOpen = cues.some((cue) =>
    toCueRows(cue).some((row) => toStyleRuns(row.text, row).some(({ style }) => style.italic || style.underline)),
  );
  const context: BlockContext = { nominal, standard: isOpen ? "open" : "teletext", align: profile.align };
  const blocks = cues.flatMap((cue, number) => toBlocks(cue, number, context));
  const gsi = toGsi({
    title: content.recording ?? "",
    language: content.language,
    standard: context.standard,
    nominal,
    blocks: blocks.length,
    subtitles: cues.length,
    firstCueMs: cues[0]?.startMs ?? 0,
    date: date ?? new Date(0),
  });
  const bytes = new Uint8Array(gsiBytes + blocks.length * ttiBytes);
  bytes.set(gsi);
  blocks.forEach((block, index) => {
    bytes.set(block, gsiBytes + index * ttiBytes);
  });
  return bytes;
}
