/**
 * The words of an SCC file one after the other: codes, rows, columns, memories
 * (electron/captions/cea608/README.md, "Rules of an SCC file").
 */
import { append } from "../../append.ts";
import { isExtendedWord, isSpecialWord } from "../../cea608/characters.ts";
import {
  columnCount,
  control,
  isControl,
  maxCaptionRows,
  parseCommand,
  parsePreambleAddress,
  rowCount,
  toFirstChannel,
} from "../../cea608/codes.ts";
import { lineFrames, type SccFile } from "../../scc/file.ts";
import type { FrameRate } from "../../time/frame-rate.ts";
import type { Issue } from "../issue.ts";
import type { SccRuleName } from "../rules.ts";
import { findDoublingIssues } from "./doubling-checks.ts";
import { hexWord, sccIssue } from "./scc-issue.ts";

/** True for a control code that some decoder knows; first channel, either field. */
function isKnownCode(code: number): boolean {
  const first = code >> 8;
  const second = code & 0xff;
  if (parsePreambleAddress(code) !== undefined || isSpecialWord(code) || isExtendedWord(code)) return true;
  if (parseCommand(code) !== undefined) return true;
  if ((first === 0x10 || first === 0x11) && second >= 0x20 && second <= 0x2f) return true;
  // Tab offsets, character sets, background and black.
  return first === 0x17 && second >= 0x21 && second <= 0x2f;
}

type Mode = "pop-on" | "direct" | "text" | undefined;

/** Follows the first channel that a file uses, and says what a decoder would trip over. */
class DecoderChecker {
  readonly issues: Issue[] = [];
  #line = 0;
  #frame = 0;
  #mode: Mode;
  /** Column of the next character; undefined before an address. */
  #column: number | undefined;
  #isOverfull = false;
  /** Columns with characters of each row in this load, as bits. */
  readonly #rows = new Map<number, number>();
  /** Those of the current row before its last address. */
  #columnsBefore = 0;
  #isTwice = false;
  #row = 0;
  /** Rows of the roll-up window; undefined in other modes. */
  #depth: number | undefined;
  #lastRow = rowCount;
  #rowHasText = false;
  #lastKind: "basic" | "special" | "extended" | "code" = "code";
  #lastSpecial = 0;
  #hasLoaded = false;
  #isHiddenDirty = false;
  #isDisplayedDirty = false;
  #reported = new Set<string>();

  at(line: number, frame: number): void {
    this.#line = line;
    this.#frame = frame;
  }

  finish(): void {
    if (this.#isDisplayedDirty) this.#report("never-erased", "the last caption is never erased");
  }

  #report(rule: SccRuleName, message: string): void {
    this.issues.push(sccIssue(rule, this.#line, message, this.#frame));
  }

  /** Tells something once a file: it is the same all over it. */
  #reportOnce(rule: SccRuleName, message: string): void {
    if (this.#reported.has(rule)) return;
    this.#reported.add(rule);
    this.#report(rule, message);
  }

  text(word: number): void {
    if (this.#mode === "text") return;
    for (const byte of [word >> 8, word & 0x7f]) {
      if (byte >= 0x20) this.#character("basic", byte === 0x20);
    }
  }

  command(code: number): void {
    const before = this.#mode;
    switch (code) {
      case control.resumeCaptionLoading:
        this.#mode = "pop-on";
        this.#depth = undefined;
        break;
      case control.resumeDirectCaptioning:
        this.#mode = "direct";
        this.#depth = undefined;
        break;
      case control.rollUp2:
      case control.rollUp3:
      case control.rollUp4:
        this.#mode = "direct";
        this.#depth = code - control.rollUp2 + 2;
        break;
      case control.textRestart:
      case control.resumeTextDisplay:
        this.#mode = "text";
        this.#reportOnce("text-mode", "text mode is used");
        break;
      case control.eraseDisplayedMemory:
        this.#isDisplayedDirty = false;
        if (before === "direct") this.#newLoad();
        break;
      case control.eraseNonDisplayedMemory:
        this.#isHiddenDirty = false;
        this.#newLoad();
        break;
      case control.endOfCaption:
        this.#flip();
        break;
      case control.carriageReturn:
        // The cursor goes to the first column of the base row, with or without a new address.
        this.#newLoad();
        this.#address(this.#lastRow, 0);
        break;
      case control.backspace:
        this.#reportOnce("backspace", "backspace is used");
        break;
      case control.deleteToEndOfRow:
        this.#reportOnce("delete-to-end", "delete to end of row is used");
        break;
    }
    // RCL between two notes is what keeps them apart.
    if (code !== control.resumeCaptionLoading || before !== "pop-on") this.#lastKind = "code";
    this.#lastSpecial = 0;
  }

  code(code: number): void {
    if (this.#mode === "text") return;
    const address = parsePreambleAddress(code);
    if (address !== undefined) {
      this.#checkBaseRow(address.row);
      this.#address(address.row, address.indent);
    } else if (isSpecialWord(code)) {
      if (this.#lastKind === "special" && this.#lastSpecial === code) {
        this.#reportOnce("special-repeated", "two equal special characters with nothing between them");
      }
      this.#character("special");
      this.#lastSpecial = code;
      return;
    } else if (isExtendedWord(code)) {
      this.#extended();
    } else if (code >= 0x1721 && code <= 0x1723) {
      if (this.#rowHasText || this.#column === undefined)
        this.#reportOnce("tab-offset", "a tab offset away from a row's address");
      if (this.#column !== undefined) this.#column += code & 3;
    } else if (code >= 0x1120 && code <= 0x112f) {
      // Before the text of a row its blank is not missed. Like a tab it puts nothing into the row.
      if (this.#rowHasText) {
        this.#reportOnce("mid-row", `a mid-row code (${hexWord(code)}) is used inside a row`);
        this.#character("basic", true);
      } else if (this.#column !== undefined) this.#column++;
    }
    this.#lastKind = isExtendedWord(code) ? "extended" : "code";
  }

  /** The rows of the window end at its base row: above the depth there is no room for them. */
  #checkBaseRow(row: number): void {
    if (this.#depth === undefined || row >= this.#depth) return;
    this.#reportOnce("base-row", `${this.#depth} rows roll up, but the lowest of them is to be row ${row}`);
  }

  #newLoad(): void {
    this.#rows.clear();
    this.#row = 0;
    this.#rowHasText = false;
  }

  #address(row: number, indent: number): void {
    this.#column = indent;
    this.#isOverfull = false;
    this.#row = row;
    this.#lastRow = row;
    this.#rowHasText = false;
  }

  #flip(): void {
    if (!this.#hasLoaded) this.#report("empty-flip", "a caption is shown that was never loaded");
    if (this.#rows.size > maxCaptionRows) {
      this.#report("many-rows", `a caption of ${this.#rows.size} rows, more than ${maxCaptionRows}`);
    }
    [this.#isHiddenDirty, this.#isDisplayedDirty] = [this.#isDisplayedDirty, this.#hasLoaded || this.#isHiddenDirty];
    this.#hasLoaded = false;
    this.#mode = "pop-on";
    this.#newLoad();
  }

  #character(kind: "basic" | "special", isBlank = false): void {
    if (this.#mode === undefined) this.#reportOnce("no-mode", "text before any mode is chosen");
    if (this.#column === undefined) {
      this.#reportOnce("no-address", "text before any row's address");
      this.#column = 0;
    }
    if (!this.#rowHasText) this.#beginRow();
    this.#occupy(Math.min(this.#column, columnCount - 1), isBlank);
    this.#column++;
    if (this.#column > columnCount && !this.#isOverfull) {
      this.#isOverfull = true;
      this.#report("columns", `row ${this.#row} has more than ${columnCount} characters`);
    }
    this.#lastKind = kind;
  }

  #beginRow(): void {
    this.#rowHasText = true;
    if (this.#mode === "pop-on") {
      if (!this.#hasLoaded && this.#isHiddenDirty)
        this.#report("dirty-load", "a load begins without clearing the hidden memory");
      this.#hasLoaded = true;
      this.#isHiddenDirty = true;
    } else this.#isDisplayedDirty = true;
    this.#columnsBefore = this.#rows.get(this.#row) ?? 0;
    this.#isTwice = false;
    this.#rows.set(this.#row, this.#columnsBefore);
  }

  /** Two speakers may share a row; but nothing is written over a character. */
  #occupy(column: number, isBlank: boolean): void {
    const bit = 1 << column;
    if ((this.#columnsBefore & bit) !== 0 && !this.#isTwice) {
      this.#isTwice = true;
      this.#report("row-twice", `row ${this.#row} is written over itself in one caption`);
    }
    if (!isBlank) this.#rows.set(this.#row, (this.#rows.get(this.#row) ?? 0) | bit);
  }

  #extended(): void {
    if (this.#lastKind !== "basic") this.#report("no-fallback", "an extended character without a plain one before it");
    // The cursor is held in the last column, so the code would back up into column 31.
    if ((this.#column ?? 0) >= columnCount) this.#report("extended-at-edge", "an extended character in column 32");
  }
}

/** Checks the words of a file. */
export function checkDecoding(file: SccFile, rate: FrameRate): readonly Issue[] {
  const checker = new DecoderChecker();
  const issues: Issue[] = [];
  let expectedCopy: number | undefined;
  let followed: number | undefined;
  let isFollowed = true;
  const others = new Map<string, number>();
  const starts = lineFrames(file.lines, rate);
  append(issues, findDoublingIssues(file, starts));
  file.lines.forEach((line, at) => {
    const start = starts[at] ?? 0;
    line.words.forEach((word, index) => {
      checker.at(line.number, start + index);
      if (!isControl(word)) {
        expectedCopy = undefined;
        if (word !== 0 && isFollowed) checker.text(word);
        return;
      }
      const isCopy = expectedCopy === word;
      expectedCopy = isCopy ? undefined : word;
      if (isCopy) return;
      const { word: code, channel } = toFirstChannel(word);
      followed ??= channel;
      isFollowed = channel === followed;
      const command = parseCommand(code);
      if (channel === 2 || command?.field === 2) {
        const name = channel === 2 ? "the second channel" : "the second field";
        if (!others.has(name)) others.set(name, line.number);
      }
      if (!isKnownCode(code))
        issues.push(sccIssue("unknown-code", line.number, `no decoder knows ${hexWord(word)}`, start + index));
      else if (!isFollowed) return;
      else if (command !== undefined) checker.command(command.code);
      else checker.code(code);
    });
  });
  checker.finish();
  for (const [name, line] of others)
    issues.push(sccIssue("other-channel", line, `there are captions of ${name} of the field or file`));
  return [...issues, ...checker.issues];
}
