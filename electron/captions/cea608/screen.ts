/**
 * A CEA-608 decoder for one channel: 15 × 32 cells, two memories, pop-on, paint-on and roll-up
 * (47 CFR 15.119(f) as libzvbi cites it; reference/captions.md §3.1).
 */
import { decodeCharacter, isExtendedWord, isSpecialWord } from "./characters.ts";
import { columnCount, control, isControl, parsePreambleAddress, rowCount, toFirstChannel } from "./codes.ts";

/** What the viewer sees: row number (1 to 15) and text of each row that is not empty. */
export interface ScreenRow {
  readonly row: number;
  /** Column of the first character, from 0. */
  readonly column: number;
  readonly text: string;
}

type Mode = "pop-on" | "paint-on" | "roll-up";

/** What a word did to the picture. */
export type Effect =
  /** Nothing that shows. */
  | "none"
  /** The picture was replaced or erased as a whole. */
  | "replaced"
  /** Lines moved up: a new line begins. */
  | "rolled"
  /** A character was written on the visible picture. */
  | "written";

const emptyCell = "";

class Memory {
  cells: string[][] = Array.from({ length: rowCount }, () => new Array<string>(columnCount).fill(emptyCell));

  clear(): boolean {
    const hadText = this.cells.some((row) => row.some((cell) => cell !== emptyCell));
    for (const row of this.cells) row.fill(emptyCell);
    return hadText;
  }

  rows(): readonly ScreenRow[] {
    const rows: ScreenRow[] = [];
    this.cells.forEach((cells, index) => {
      const column = cells.findIndex((cell) => cell !== emptyCell && cell !== " ");
      if (column < 0) return;
      const text = cells
        .slice(column)
        .map((cell) => (cell === emptyCell ? " " : cell))
        .join("");
      rows.push({ row: index + 1, column, text: text.trimEnd() });
    });
    return rows;
  }
}

/** Feeds on words (without parity), one a frame, and knows what is on the screen. */
export class CaptionScreen {
  #displayed = new Memory();
  #hidden = new Memory();
  #mode: Mode | undefined;
  #rollUpRows = 2;
  #row = rowCount;
  #column = 0;
  #expectedCopy: number | undefined;
  #textMode = false;
  /** True while the words belong to the other channel of the field. */
  #otherChannel = false;

  /** What is on the screen now. */
  rows(): readonly ScreenRow[] {
    return this.#displayed.rows();
  }

  /**
   * Takes the word of one frame.
   * @param word two 7-bit bytes; other channels' words are left alone
   */
  feed(word: number): Effect {
    if (word === 0) {
      // A null between the two copies ends the wait for the second: zvbi and pycaption do it (§2).
      this.#expectedCopy = undefined;
      return "none";
    }
    if (!isControl(word)) {
      this.#expectedCopy = undefined;
      return this.#text(word);
    }
    if (this.#expectedCopy === word) {
      this.#expectedCopy = undefined;
      return "none";
    }
    this.#expectedCopy = word;
    const { word: code, channel } = toFirstChannel(word);
    // Text has no channel of its own: it belongs to the channel of the last control code.
    this.#otherChannel = channel === 2;
    return this.#otherChannel ? "none" : this.#control(code);
  }

  #text(word: number): Effect {
    if (this.#otherChannel || this.#textMode || this.#mode === undefined) return "none";
    let wrote = false;
    for (const byte of [word >> 8, word & 0x7f]) {
      const character = byte < 0x20 ? undefined : decodeCharacter(byte);
      if (character !== undefined) {
        this.#write(character);
        wrote = true;
      }
    }
    return wrote ? this.#writtenEffect() : "none";
  }

  #control(code: number): Effect {
    if (code >> 8 === 0x14 || code >> 8 === 0x15) {
      const effect = this.#miscellaneous(0x1400 | (code & 0x7f), code);
      if (effect !== undefined) return effect;
    }
    if (this.#textMode || this.#mode === undefined) return "none";
    const address = parsePreambleAddress(code);
    if (address !== undefined) {
      this.#moveTo(address.row, address.indent);
      return "none";
    }
    if (code >= 0x1721 && code <= 0x1723) {
      this.#column = Math.min(columnCount - 1, this.#column + (code & 3));
      return "none";
    }
    if (isSpecialWord(code)) {
      this.#write(decodeCharacter(code) ?? " ");
      return this.#writtenEffect();
    }
    if (isExtendedWord(code)) {
      if (this.#column > 0) this.#column--;
      this.#write(decodeCharacter(code) ?? " ");
      return this.#writtenEffect();
    }
    // A mid-row code takes a column and shows as a blank (§3.3).
    if (code >= 0x1120 && code <= 0x112f) {
      this.#write(" ");
      return this.#writtenEffect();
    }
    return "none";
  }

  /** Executes a miscellaneous code; undefined when `code` is not one (15h is also the first byte of rows 5 and 6). */
  #miscellaneous(code: number, original: number): Effect | undefined {
    if ((original & 0x7f) < 0x20 || (original & 0x7f) > 0x2f) return undefined;
    switch (code) {
      case control.resumeCaptionLoading:
        this.#mode = "pop-on";
        this.#textMode = false;
        return "none";
      case control.resumeDirectCaptioning:
        this.#mode = "paint-on";
        this.#textMode = false;
        return "none";
      case control.rollUp2:
      case control.rollUp3:
      case control.rollUp4:
        return this.#startRollUp((code & 0x0f) - 3);
      case control.textRestart:
      case control.resumeTextDisplay:
        this.#textMode = true;
        return "none";
      case control.eraseDisplayedMemory:
        return this.#displayed.clear() ? "replaced" : "none";
      case control.eraseNonDisplayedMemory:
        this.#hidden.clear();
        return "none";
      case control.endOfCaption:
        [this.#displayed, this.#hidden] = [this.#hidden, this.#displayed];
        this.#mode = "pop-on";
        this.#textMode = false;
        return "replaced";
      case control.carriageReturn:
        return this.#mode === "roll-up" && !this.#textMode ? this.#rollUp() : "none";
      case control.backspace:
        return this.#backspace();
      case control.deleteToEndOfRow:
        this.#currentMemory().cells[this.#row - 1]?.fill(emptyCell, this.#column);
        return this.#writtenEffect();
      default:
        return "none";
    }
  }

  #startRollUp(rows: number): Effect {
    this.#textMode = false;
    this.#rollUpRows = rows;
    if (this.#mode === "roll-up") return "none";
    this.#mode = "roll-up";
    this.#row = rowCount;
    this.#column = 0;
    this.#hidden.clear();
    return this.#displayed.clear() ? "replaced" : "none";
  }

  #rollUp(): Effect {
    const cells = this.#displayed.cells;
    const top = Math.max(1, this.#row - this.#rollUpRows + 1);
    for (let row = 1; row <= rowCount; row++) {
      if (row < top || row > this.#row) cells[row - 1]?.fill(emptyCell);
    }
    for (let row = top; row < this.#row; row++) cells[row - 1] = [...(cells[row] as string[])];
    cells[this.#row - 1]?.fill(emptyCell);
    this.#column = 0;
    return "rolled";
  }

  #moveTo(row: number, indent: number): void {
    if (this.#mode === "roll-up") {
      // The whole window moves with its base row; a row too high for the depth is pushed down (§3.1).
      const base = Math.max(row, this.#rollUpRows);
      if (base !== this.#row) this.#moveWindow(base);
      this.#row = base;
    } else {
      this.#row = row;
    }
    this.#column = indent;
  }

  #moveWindow(base: number): void {
    const old = this.#displayed.cells;
    const fresh = new Memory();
    for (let offset = 0; offset < this.#rollUpRows; offset++) {
      const from = old[this.#row - 1 - offset];
      if (from && base - 1 - offset >= 0) fresh.cells[base - 1 - offset] = [...from];
    }
    this.#displayed = fresh;
  }

  #backspace(): Effect {
    if (this.#textMode || this.#column === 0) return "none";
    this.#column--;
    const row = this.#currentMemory().cells[this.#row - 1];
    if (row) row[this.#column] = emptyCell;
    return this.#writtenEffect();
  }

  #write(character: string): void {
    const row = this.#currentMemory().cells[this.#row - 1];
    if (row) row[this.#column] = character;
    // Past column 32 the cursor stays, and each further character replaces the last (§3.1).
    if (this.#column < columnCount - 1) this.#column++;
  }

  #currentMemory(): Memory {
    return this.#mode === "pop-on" ? this.#hidden : this.#displayed;
  }

  #writtenEffect(): Effect {
    return this.#mode === "pop-on" ? "none" : "written";
  }
}
