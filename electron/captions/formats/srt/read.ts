/** Reads SubRip, liberally: a state for every kind of row that files out there have, and no text is lost in silence. */
import { append } from "../../append.ts";
import type { Cue } from "../../cue.ts";
import { rowsOfText } from "../../text/rows.ts";
import type { ReadContent, ReadOptions } from "../caption-format.ts";
import { parseMarkup } from "../markup/parse.ts";
import { fromProgramStart } from "../program-start.ts";
import { ReadNotes } from "../read-notes.ts";
import { withoutRepeats } from "../rolling.ts";
import { type BlockTimes, beginsBlock, looksLikeTimes, parseTimingRow } from "../timing-row.ts";

const isBlank = (row: string | undefined): boolean => row === undefined || row.trim() === "";

/** Coordinates behind the times, as SubRip itself writes them: `X1:201 X2:516 Y1:397 Y2:423`. */
const coordinates = /\b[XY][12]:\s?\d/i;

class SrtReader {
  readonly cues: Cue[] = [];
  readonly notes = new ReadNotes();
  readonly #rows: readonly string[];
  #index = 0;
  #skipped = 0;
  /** True while text without a timing row may belong to the cue before it. */
  #mayContinue = false;
  /** Rows that were added to the last cue, which is put together once they have all been seen. */
  #added: string[] = [];

  constructor(text: string) {
    this.#rows = rowsOfText(text);
  }

  read(): void {
    while (this.#index < this.#rows.length) {
      if (isBlank(this.#rows[this.#index])) this.#index++;
      else this.#block();
    }
    this.#extendLast();
  }

  /** Rows up to a blank one, or up to the next block where the blank row is missing. */
  #text(): readonly string[] {
    const rows: string[] = [];
    for (; !isBlank(this.#rows[this.#index]); this.#index++) {
      if (beginsBlock(this.#rows, this.#index)) break;
      rows.push(this.#rows[this.#index] ?? "");
    }
    return rows;
  }

  #block(): void {
    const row = this.#rows[this.#index] ?? "";
    const times = parseTimingRow(row);
    if (times !== undefined) {
      this.#cue(times);
      return;
    }
    if (looksLikeTimes(row)) {
      this.#skip(`the times cannot be read: ${row.trim().slice(0, 80)}`, this.#index);
      this.#index++;
      this.#text();
      this.#mayContinue = false;
      return;
    }
    const next = this.#rows[this.#index + 1] ?? "";
    if (parseTimingRow(next) !== undefined || looksLikeTimes(next)) this.#index++;
    else this.#strayText();
  }

  #cue({ startMs, endMs, settings }: BlockTimes): void {
    this.#extendLast();
    const at = this.#index++;
    const { leftOut, ...text } = parseMarkup(this.#text());
    for (const what of leftOut) this.notes.addLeftOut(what);
    if (coordinates.test(settings)) this.notes.addLeftOut("an exact place");
    const hasText = text.lines.length > 0;
    if (endMs <= startMs) this.#skip("the caption ends before it begins", at);
    else if (hasText) this.cues.push({ startMs, endMs, ...text });
    this.#mayContinue = endMs > startMs && hasText;
  }

  /** Text after a blank row inside a caption belongs to that caption; everywhere else it is nobody's. */
  #strayText(): void {
    const at = this.#index;
    const rows = this.#text();
    if (this.#mayContinue) {
      // The number of a caption that was never written.
      const isNextNumber = rows.length === 1 && Number(rows[0]) === this.cues.length + this.#skipped + 1;
      if (!isNextNumber || !this.#isOver()) append(this.#added, rows);
    } else {
      const { lines } = parseMarkup(rows);
      if (lines.length > 0) this.#skip(`this text has no times: ${lines.join(" ").slice(0, 80)}`, at);
    }
  }

  #extendLast(): void {
    if (this.#added.length === 0) return;
    const { lines, leftOut, styles } = parseMarkup(this.#added);
    for (const what of leftOut) this.notes.addLeftOut(what);
    this.#added = [];
    const last = this.cues.at(-1);
    if (last === undefined || lines.length === 0) return;
    const isStyled = last.styles !== undefined || styles !== undefined;
    this.cues[this.cues.length - 1] = {
      ...last,
      lines: [...last.lines, ...lines],
      ...(isStyled
        ? { styles: [...(last.styles ?? last.lines.map(() => ({}))), ...(styles ?? lines.map(() => ({})))] }
        : {}),
    };
  }

  /** True when nothing but blank rows follows. */
  #isOver(): boolean {
    for (let index = this.#index; index < this.#rows.length; index++) if (!isBlank(this.#rows[index])) return false;
    return true;
  }

  #skip(reason: string, index: number): void {
    this.#skipped++;
    this.notes.addUnreadable(reason, index + 1);
  }
}

/** Reads blocks: a number where there is one, a timing row, text rows, a blank row. */
export function readSrt(text: string, options: ReadOptions): ReadContent {
  const reader = new SrtReader(text);
  reader.read();
  const { cues, issues } = fromProgramStart(withoutRepeats(reader.cues), options);
  return { cues, words: [], issues: [...reader.notes.issues(), ...issues] };
}
