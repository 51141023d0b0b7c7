/**
 * The decoder of one caption channel: two memories; pop-on, paint-on and roll-up (47 CFR 15.119(f) as libzvbi cites it;
 * ../README.md, "Control codes"). Text mode (T1 to T4) is tracked so that its text is not taken for captions.
 */
import { decodeCharacter, isExtendedWord, isSpecialWord } from "../characters.ts";
import { type Color, colors, columnCount, control, parsePreambleAddress, rowCount } from "../codes.ts";
import { CaptionMemory, type ScreenRow } from "./memory.ts";
import {
  plainStyle,
  withBackground,
  withBlackText,
  withColor,
  withFlash,
  withItalic,
  withTransparentBackground,
} from "./style.ts";

export type CaptionMode = "pop-on" | "paint-on" | "roll-up";

/** The effect of a word on the displayed picture. */
export type Effect =
  /** No visible effect. */
  | "none"
  /** The picture was replaced or erased as a whole. */
  | "replaced"
  /** Lines moved up: a new line begins. */
  | "rolled"
  /** A character was written to the displayed picture. */
  | "written";

export class ChannelDecoder {
  #displayed = new CaptionMemory();
  #hidden = new CaptionMemory();
  #mode: CaptionMode | undefined;
  /** True while words belong to the text service: captions do not change meanwhile. */
  #isText = false;
  #depth = 2;
  #row = rowCount;
  #column = 0;
  #style = plainStyle;

  /** Undefined until a code has selected a mode. */
  get mode(): CaptionMode | undefined {
    return this.#mode;
  }

  /** The row that roll-up text is written on. */
  get baseRow(): number {
    return this.#row;
  }

  /** The displayed rows. */
  rows(): readonly ScreenRow[] {
    return this.#displayed.rows();
  }

  /** Processes a word of two characters. */
  text(word: number): Effect {
    if (this.#isIdle()) return "none";
    let wrote = false;
    for (const byte of [word >> 8, word & 0x7f]) {
      const character = byte < 0x20 ? undefined : decodeCharacter(byte);
      if (character === undefined) continue;
      this.#write(character);
      wrote = true;
    }
    return wrote ? this.#writtenEffect() : "none";
  }

  /** Processes a miscellaneous control code, as sent on CC1 (1420h to 142Fh). */
  command(code: number): Effect {
    switch (code) {
      case control.resumeCaptionLoading:
        this.#isText = false;
        this.#mode = "pop-on";
        return "none";
      case control.resumeDirectCaptioning:
        this.#isText = false;
        this.#mode = "paint-on";
        return "none";
      case control.rollUp2:
      case control.rollUp3:
      case control.rollUp4:
        return this.#startRollUp((code & 0x0f) - 3);
      case control.textRestart:
      case control.resumeTextDisplay:
        this.#isText = true;
        return "none";
      case control.eraseDisplayedMemory:
        return this.#displayed.clear() ? "replaced" : "none";
      case control.eraseNonDisplayedMemory:
        this.#hidden.clear();
        return "none";
      case control.endOfCaption:
        [this.#displayed, this.#hidden] = [this.#hidden, this.#displayed];
        this.#isText = false;
        this.#mode = "pop-on";
        return "replaced";
      case control.carriageReturn:
        return this.#carriageReturn();
      case control.backspace:
        return this.#backspace();
      case control.deleteToEndOfRow:
        if (this.#isIdle()) return "none";
        this.#memory().erase(this.#row, this.#column, columnCount);
        return this.#writtenEffect();
      case control.flashOn:
        this.#style = withFlash(this.#style);
        return "none";
      default:
        return "none";
    }
  }

  /** Processes any other control code, as sent on CC1: addresses, tabs, characters, styles. */
  code(code: number): Effect {
    if (this.#isIdle()) return "none";
    const address = parsePreambleAddress(code);
    if (address !== undefined) {
      this.#moveTo(address.row, address.indent);
      this.#style = withColor(plainStyle, address.color, address.underline);
      if (address.italic) this.#style = withItalic(plainStyle, address.underline);
      return "none";
    }
    if (code >= 0x1721 && code <= 0x1723) {
      this.#column = Math.min(columnCount - 1, this.#column + (code & 3));
      return "none";
    }
    if (isSpecialWord(code)) return this.#put(decodeCharacter(code) ?? " ");
    if (isExtendedWord(code)) return this.#putOver(decodeCharacter(code) ?? " ");
    return this.#applyStyleCode(code);
  }

  #applyStyleCode(code: number): Effect {
    const underline = (code & 1) === 1;
    // A mid-row code takes a column and shows as a blank; it sets the style of the following text.
    if (code >= 0x1120 && code <= 0x112f) {
      const index = (code & 0x0f) >> 1;
      this.#style =
        index < colors.length
          ? withColor(this.#style, colors[index] as Color, underline)
          : withItalic(this.#style, underline);
      return this.#put(" ");
    }
    // Background and black codes back up and replace the cell before them. At the start of a row there is none: the
    // style is set, and the cursor stays.
    if (code >= 0x1020 && code <= 0x102f) this.#style = withBackground(this.#style, (code & 0x0f) >> 1);
    else if (code === 0x172d) this.#style = withTransparentBackground(this.#style);
    else if (code === 0x172e || code === 0x172f) this.#style = withBlackText(this.#style, underline);
    else return "none";
    return this.#column === 0 ? "none" : this.#putOver(" ");
  }

  /** Writes at the cursor. */
  #put(character: string): Effect {
    this.#write(character);
    return this.#writtenEffect();
  }

  /** Writes over the character before the cursor. */
  #putOver(character: string): Effect {
    if (this.#column > 0) this.#column--;
    return this.#put(character);
  }

  #startRollUp(depth: number): Effect {
    this.#isText = false;
    this.#depth = depth;
    // A smaller depth removes rows from the window.
    if (this.#mode === "roll-up") return this.#displayed.trim(this.#row, depth) ? "written" : "none";
    this.#mode = "roll-up";
    this.#row = rowCount;
    this.#column = 0;
    this.#style = plainStyle;
    this.#hidden.clear();
    return this.#displayed.clear() ? "replaced" : "none";
  }

  #carriageReturn(): Effect {
    if (this.#isText || this.#mode !== "roll-up") return "none";
    this.#displayed.rollUp(this.#row, this.#depth);
    this.#column = 0;
    this.#style = plainStyle;
    return "rolled";
  }

  #moveTo(row: number, indent: number): void {
    if (this.#mode === "roll-up") {
      // The whole window moves with its base row; a row too high for the depth is moved down.
      const base = Math.max(row, this.#depth);
      if (base !== this.#row) this.#displayed.moveWindow(this.#row, base, this.#depth);
      this.#row = base;
    } else {
      this.#row = row;
    }
    this.#column = indent;
  }

  #backspace(): Effect {
    if (this.#isIdle() || this.#column === 0) return "none";
    this.#column--;
    this.#memory().erase(this.#row, this.#column, this.#column + 1);
    return this.#writtenEffect();
  }

  #write(character: string): void {
    this.#memory().write(this.#row, this.#column, character, this.#style);
    // In column 32 the cursor does not advance, and each further character replaces the last.
    if (this.#column < columnCount - 1) this.#column++;
  }

  /** True when characters are ignored: in text mode, or before a mode is selected. */
  #isIdle(): boolean {
    return this.#isText || this.#mode === undefined;
  }

  #memory(): CaptionMemory {
    return this.#mode === "pop-on" ? this.#hidden : this.#displayed;
  }

  #writtenEffect(): Effect {
    return this.#mode === "pop-on" ? "none" : "written";
  }
}
