/** SRT and WebVTT are both blocks with a timing line; this reads either, liberally, and loses no text in silence. */
import type { Cue } from "../cue.ts";
import { createIssue } from "../quality/issue.ts";
import { rowsOfText } from "../text/rows.ts";
import type { ReadContent } from "./caption-format.ts";
import { parseClockTime } from "./clock-time.ts";
import { listDroppedFeatures } from "./dropped-features.ts";
import { parseMarkup } from "./markup.ts";
import { withoutRepeats } from "./rolling.ts";

/** Something in the file that could not be used. */
interface SkippedBlock {
  /** Line in the file, from 1. */
  readonly line: number;
  readonly reason: string;
}

interface ParsedCues {
  readonly cues: readonly Cue[];
  readonly skipped: readonly SkippedBlock[];
  /** How often there was something that captions have nothing for: NOTE, STYLE and REGION blocks, colours. */
  readonly leftOut: ReadonlyMap<string, number>;
}

type BlockFormat = "srt" | "vtt";

interface Times {
  readonly startMs: number;
  readonly endMs: number;
  /** What follows the times: WebVTT's cue settings. */
  readonly settings: string;
}

/** No time is longer than this; a row of spaces as long as the file must not cost the square of its length. */
const maxTimingLength = 500;
const clockPattern = String.raw`(?:\d{1,4}:)?\d?\d:\d?\d(?:[.,]\d{1,3})?`;
const timingPattern = new RegExp(String.raw`^(${clockPattern})\s{0,20}--?>\s{0,20}(${clockPattern})(?:\s|$)`);

/** The times of a timing row: only then is it one. `Main St -> Elm St` is text. */
function parseTiming(row: string): Times | undefined {
  const text = row.slice(0, maxTimingLength).trimStart();
  const match = timingPattern.exec(text);
  const startMs = match?.[1] === undefined ? undefined : parseClockTime(match[1]);
  const endMs = match?.[2] === undefined ? undefined : parseClockTime(match[2]);
  if (startMs === undefined || endMs === undefined) return undefined;
  return { startMs, endMs, settings: text.slice(match?.[0].length ?? 0) };
}

/** A row where the times of a block should stand, and something like them does. */
function looksLikeTimes(row: string): boolean {
  return /^\s{0,20}[-+]?\d[^<>]{0,40}--?>/.test(row.slice(0, maxTimingLength));
}

/** Markup that captions have nothing for. */
const lostMarkup = /<(?:b|strong|font)[\s>]|<c\.(?:[a-z]{1,20}\.)*(?:white|yellow|lime|cyan|red|magenta|blue|black)/i;

const isNumber = (row: string): boolean => /^\s{0,20}\d{1,9}\s{0,20}$/.test(row.slice(0, maxTimingLength));
const isBlank = (row: string | undefined): boolean => row === undefined || row.trim() === "";

/** True when a block begins at this row without a blank one before it: times, or a number and times below it. */
function beginsBlock(rows: readonly string[], index: number): boolean {
  const row = rows[index] ?? "";
  if (isNumber(row)) return parseTiming(rows[index + 1] ?? "") !== undefined;
  return row.includes("-->") && parseTiming(row) !== undefined;
}

/** Where WebVTT's settings put a caption: `line` in the upper half is the top, `align` left or start is left. */
function parsePosition(settings: string): Pick<Cue, "edge" | "align"> {
  const line = /(?:^|\s)line:(-?[\d.]{1,8})(%?)/.exec(settings);
  // Without a percent sign it counts lines, from the top or, if negative, from the bottom.
  const isTop =
    line !== null && Number(line[1]) >= 0 && !Object.is(Number(line[1]), -0) && Number(line[1]) < (line[2] ? 45 : 7);
  const isLeft = /(?:^|\s)align:(?:left|start)\b/.test(settings);
  return { ...(isTop ? { edge: "top" as const } : {}), ...(isLeft ? { align: "left" as const } : {}) };
}

/** Reads rows into cues; a state for every kind of row that files out there have. */
class SrtVttReader {
  readonly cues: Cue[] = [];
  readonly skipped: SkippedBlock[] = [];
  /** Blocks that are no captions, by kind. */
  readonly leftOut = new Map<string, number>();
  readonly #rows: readonly string[];
  readonly #format: BlockFormat;
  #index = 0;
  /** True while text without a timing row may belong to the cue before it. */
  #mayContinue = false;

  constructor(text: string, format: BlockFormat) {
    this.#rows = rowsOfText(text);
    this.#format = format;
  }

  read(): ParsedCues {
    if (this.#format === "vtt") this.#skipBlock();
    while (this.#index < this.#rows.length) {
      if (isBlank(this.#rows[this.#index])) this.#index++;
      else this.#block();
    }
    return { cues: withoutRepeats(this.cues), skipped: this.skipped, leftOut: this.leftOut };
  }

  #skipBlock(): void {
    while (!this.#isEnd(this.#index)) this.#index++;
  }

  /** In WebVTT only an empty row ends a block; a row of spaces is a row. */
  #isEnd(index: number): boolean {
    const row = this.#rows[index];
    return this.#format === "vtt" ? row === undefined || row === "" : isBlank(row);
  }

  /** Rows up to a blank one, or up to the next block where the blank row is missing. */
  #text(): readonly string[] {
    const rows: string[] = [];
    for (; !this.#isEnd(this.#index); this.#index++) {
      if (beginsBlock(this.#rows, this.#index)) break;
      rows.push(this.#rows[this.#index] ?? "");
    }
    return rows;
  }

  #block(): void {
    const row = this.#rows[this.#index] ?? "";
    const special = this.#format === "vtt" ? /^(NOTE|STYLE|REGION)(?:\s|$)/.exec(row)?.[1] : undefined;
    if (special !== undefined) {
      this.#countLeftOut(special);
      this.#skipBlock();
      return;
    }
    const times = parseTiming(row);
    if (times !== undefined) {
      this.#cue(times);
      return;
    }
    if (looksLikeTimes(row)) {
      this.#skip(this.#index, `the times cannot be read: ${row.trim().slice(0, 80)}`);
      this.#index++;
      this.#text();
      this.#mayContinue = false;
      return;
    }
    const next = this.#rows[this.#index + 1] ?? "";
    if (parseTiming(next) !== undefined || looksLikeTimes(next)) this.#index++;
    else this.#strayText();
  }

  #cue({ startMs, endMs, settings }: Times): void {
    const at = this.#index++;
    const rows = this.#text();
    const text = parseMarkup(rows);
    if (rows.some((row) => lostMarkup.test(row))) this.#countLeftOut("colours, fonts or bold text");
    if (rows.join("").split(/<v[\s.]/i).length > 2) this.#countLeftOut("a second speaker in a caption");
    const hasText = text.lines.length > 0;
    if (endMs <= startMs) this.#skip(at, "the caption ends before it begins");
    else if (hasText) this.cues.push({ startMs, endMs, ...parsePosition(settings), ...text });
    this.#mayContinue = endMs > startMs && hasText;
  }

  /** In SRT, text after a blank row inside a caption belongs to that caption; everywhere else it is nobody's. */
  #strayText(): void {
    const at = this.#index;
    const { lines } = parseMarkup(this.#text());
    const last = this.cues.at(-1);
    if (this.#format === "srt" && this.#mayContinue && last !== undefined) {
      // The number of a caption that was never written.
      const isNextNumber = lines.length === 1 && Number(lines[0]) === this.cues.length + this.skipped.length + 1;
      if (isNextNumber && this.#rows.slice(this.#index).every(isBlank)) return;
      this.cues[this.cues.length - 1] = { ...last, lines: [...last.lines, ...lines] };
    } else if (lines.length > 0) {
      this.#skip(at, `this text has no times: ${lines.join(" ").slice(0, 80)}`);
    }
  }

  #countLeftOut(what: string): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1);
  }

  #skip(index: number, reason: string): void {
    this.skipped.push({ line: index + 1, reason });
  }
}

/** Reads blocks: an identifier or a number where there is one, a timing row, text rows, a blank row. */
export function readSrtVtt(text: string, format: BlockFormat): ReadContent {
  const { cues, skipped, leftOut } = new SrtVttReader(text, format).read();
  const unreadable = skipped.map(({ line, reason }) => createIssue("unreadable", reason, { line }));
  const dropped = [...leftOut].map(([kind, count]) => listDroppedFeatures(`${count} × ${kind}`));
  return { cues, words: [], issues: [...unreadable, ...dropped] };
}
