/** Reads EBU STL files: electron/captions/formats/README.md, "EBU STL". */
import { append } from "../../append.ts";
import type { Cue, TextColor } from "../../cue.ts";
import { createIssue } from "../../quality/issue.ts";
import type { ReadContent, ReadOptions } from "../caption-format.ts";
import { CueCollector } from "../cue-collector.ts";
import { type Placement, toEdge, toPlacement } from "../markup/place.ts";
import { StyledLines } from "../markup/styled-line.ts";
import { NotCaptionsError } from "../not-captions.ts";
import {
  firstReservedBlock,
  type GsiField,
  gsiBytes,
  gsiFields,
  languageCodes,
  lastBlock,
  type StlTime,
  teletextRows,
  textCode,
  ttiBytes,
} from "./blocks.ts";
import { type CodeTable, decodeStlText, findCodeTable } from "./characters.ts";

const colors: readonly (TextColor | undefined)[] = [
  undefined,
  "red",
  "green",
  "yellow",
  "blue",
  "magenta",
  "cyan",
  undefined,
];

function readGsiField(bytes: Uint8Array, field: GsiField): string {
  const [from, length] = gsiFields[field];
  return String.fromCharCode(...bytes.subarray(from, from + length)).trim();
}

/** True for bytes that begin like the GSI block of an STL file. */
export function looksLikeStl(bytes: Uint8Array): boolean {
  return bytes.length >= gsiBytes && /^STL\d\d\.\d\d$/.test(readGsiField(bytes, "diskFormat"));
}

/** A subtitle as its blocks together state it. */
interface Subtitle {
  readonly number: number;
  /** 0: not cumulative; 1 to 3: first, intermediate and last of a set that builds up. */
  readonly cumulative: number;
  readonly start: StlTime;
  readonly end: StlTime;
  readonly row: number;
  readonly justification: number;
  readonly isComment: boolean;
  readonly text: readonly number[];
}

const readTime = (block: Uint8Array, at: number): StlTime => [
  block[at] ?? 0,
  block[at + 1] ?? 0,
  block[at + 2] ?? 0,
  block[at + 3] ?? 0,
];

/** The used bytes of a text field: from the first unused one on, nothing counts. */
function readTextField(block: Uint8Array): readonly number[] {
  const field = [...block.subarray(ttiBytes - 112)];
  const end = field.indexOf(textCode.unused);
  return end === -1 ? field : field.slice(0, end);
}

/** The subtitles of a file: a text that is too long for one block goes on in the next ones. */
function* readSubtitles(bytes: Uint8Array): Generator<Subtitle> {
  let text: number[] = [];
  for (let at = gsiBytes; at + ttiBytes <= bytes.length; at += ttiBytes) {
    const block = bytes.subarray(at, at + ttiBytes);
    const extension = block[3] ?? lastBlock;
    if (extension >= firstReservedBlock && extension !== lastBlock) continue;
    append(text, readTextField(block));
    if (extension !== lastBlock) continue;
    yield {
      number: (block[1] ?? 0) + 256 * (block[2] ?? 0),
      cumulative: block[4] ?? 0,
      start: readTime(block, 5),
      end: readTime(block, 9),
      row: block[13] ?? 0,
      justification: block[14] ?? 0,
      isComment: block[15] === 1,
      text,
    };
    text = [];
  }
}

interface StlText {
  readonly content: ReturnType<StyledLines["toLines"]>;
  /** Rows of the screen that it takes. */
  readonly height: number;
}

/** @param isTeletext a new row begins in white, and characters may be two rows high */
function readText(bytes: readonly number[], table: CodeTable, isTeletext: boolean): StlText {
  const lines = new StyledLines();
  let color: TextColor | undefined;
  let italic = false;
  let underline = false;
  let characters: number[] = [];
  let newLines = 0;
  const flush = (): void => {
    if (characters.length === 0) return;
    const text = decodeStlText(characters, table);
    lines.append(text, { italic, underline, ...(color === undefined ? {} : { color }) });
    characters = [];
  };
  for (const byte of bytes) {
    if ((byte >= 0x20 && byte <= 0x7f) || byte >= 0xa0) {
      characters.push(byte);
      continue;
    }
    flush();
    if (byte === textCode.newLine) {
      newLines++;
      lines.newLine();
      if (isTeletext) color = undefined;
    } else {
      // A control code of teletext takes a place, which is blank.
      if (byte < 0x20) lines.append(" ");
      if (byte <= textCode.lastColor) color = colors[byte];
      else if (byte === textCode.italicOn || byte === textCode.italicOff) italic = byte === textCode.italicOn;
      else if (byte === textCode.underlineOn || byte === textCode.underlineOff)
        underline = byte === textCode.underlineOn;
    }
  }
  flush();
  const content = lines.toLines();
  const isDouble = isTeletext && bytes.includes(textCode.doubleHeight);
  return { content, height: Math.max(newLines + 1, content.lines.length * (isDouble ? 2 : 1)) };
}

/** More than a screen holds: a set that goes on is made to keep a reader busy. */
const maxSetBytes = 23 * 40;

const alignments = ["center", "left", "center", "right"] as const;

class StlReader {
  readonly #collector = new CueCollector();
  readonly #bytes: Uint8Array;
  readonly #nominal: number;
  readonly #table: CodeTable;
  readonly #isTeletext: boolean;
  readonly #rows: number;
  /** Start of the set of subtitles that is building up, and its text so far. */
  #set: { readonly row: number; readonly text: readonly number[] } | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const rate = Number(readGsiField(bytes, "diskFormat").slice(3, 5));
    this.#nominal = rate === 23 ? 24 : rate === 29 ? 30 : rate || 25;
    const table = readGsiField(bytes, "codeTable").padStart(2, "0");
    this.#table = findCodeTable(table) ?? "00";
    if (findCodeTable(table) === undefined && table !== "00") {
      this.#collector.report(
        createIssue("left-out", `the file states an unknown character table (${table}); it is read as Latin`),
      );
    }
    this.#isTeletext = ["1", "2"].includes(readGsiField(bytes, "displayStandard"));
    this.#rows = this.#isTeletext ? teletextRows : Number(readGsiField(bytes, "rows")) || teletextRows;
  }

  read(options: ReadOptions): ReadContent {
    const subtitles = [...readSubtitles(this.#bytes)].filter(({ isComment }) => {
      if (isComment) this.#collector.leaveOut("a comment for translators");
      return !isComment;
    });
    if ((this.#bytes.length - gsiBytes) % ttiBytes !== 0) {
      this.#collector.skip("the file ends in the middle of a caption");
    }
    for (const subtitle of subtitles) this.#add(subtitle);
    const startMs = options.startMs ?? this.#findStatedStart(subtitles);
    const { cues, issues } = this.#collector.finish(startMs === undefined ? {} : { startMs });
    if (cues.length === 0 && issues.length === 0) throw new NotCaptionsError("this EBU STL file has no captions");
    const code = readGsiField(this.#bytes, "language").toUpperCase();
    const language = Object.keys(languageCodes).find((name) => languageCodes[name] === code);
    return { cues, issues, words: [], ...(language === undefined ? {} : { language }) };
  }

  #toMs([hours, minutes, seconds, frames]: StlTime): number {
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.round((frames * 1000) / this.#nominal);
  }

  /** Where the program begins as the file states it; undefined where it does not, or a subtitle is earlier. */
  #findStatedStart(subtitles: readonly Subtitle[]): number | undefined {
    const firstMs = subtitles.reduce((min, { start }) => Math.min(min, this.#toMs(start)), Number.POSITIVE_INFINITY);
    const digits = readGsiField(this.#bytes, "programStart");
    const [hours = 0, minutes = 0, seconds = 0, frames = 0] =
      (/^\d{8}$/.test(digits) ? digits : "00000000").match(/\d\d/g)?.map(Number) ?? [];
    const statedMs = this.#toMs([hours, minutes, seconds, frames]);
    return statedMs > 0 && statedMs <= firstMs ? statedMs : undefined;
  }

  #add(subtitle: Subtitle): void {
    const { start, end, cumulative } = subtitle;
    const isFirst = cumulative <= 1 || cumulative > 3 || this.#set === undefined;
    const { row, text } = isFirst ? subtitle : this.#join(subtitle);
    this.#set = cumulative === 1 || cumulative === 2 ? { row, text } : undefined;
    const { content, height } = readText(text, this.#table, this.#isTeletext);
    const number = subtitle.number;
    if (start[1] > 59 || start[2] > 59 || end[1] > 59 || end[2] > 59 || end[0] > 23) {
      this.#collector.skip(`the times of caption ${number} cannot be read`);
      return;
    }
    const cue: Omit<Cue, "endMs"> = {
      startMs: this.#toMs(start),
      ...this.#placement(row, height, subtitle.justification),
      ...content,
    };
    if (content.lines.some((line) => line.includes("\uFFFD")))
      this.#collector.leaveOut("a character without a meaning");
    this.#collector.add({ ...cue, endMs: this.#toMs(end) });
  }

  /** A subtitle of a cumulative set is shown below those before it. */
  #join({ row, text }: Subtitle): { readonly row: number; readonly text: readonly number[] } {
    const isFull = (this.#set?.text.length ?? 0) > maxSetBytes;
    const before = this.#set === undefined || isFull ? { row, text: [] } : this.#set;
    return { row: Math.min(before.row, row), text: [...before.text, textCode.newLine, ...text] };
  }

  #placement(row: number, height: number, justification: number): Placement {
    // A file that does not use the rows has 0 or 99 everywhere.
    const isUsed = row > 0 && row <= this.#rows;
    const middle = Math.min(1, (row - 1 + height / 2) / this.#rows);
    return toPlacement(isUsed ? (toEdge(100 * middle) ?? "bottom") : "bottom", alignments[justification] ?? "center");
  }
}

/**
 * Reads an EBU STL file.
 * @throws NotCaptionsError when it has no captions
 */
export function readStl(bytes: Uint8Array, options: ReadOptions): ReadContent {
  return new StlReader(bytes).read(options);
}
