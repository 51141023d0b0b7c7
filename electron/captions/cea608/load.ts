/**
 * Turns one caption into the words that load it: `RCL ENM PAC [TO] text … EOC`, control codes doubled with nothing
 * between the copies (reference/captions.md §2, §4).
 */
import { characterCode } from "./characters.ts";
import { columnCount, control, maxCaptionRows, nullWord, preambleAddress, rowCount, tabOffset } from "./codes.ts";
import { type Substitution, transliterate } from "./transliterate.ts";

/** Words that must go out in consecutive frames: a doubled control code, or a single text word. */
export type Unit = readonly number[];

/** How rows stand on the screen. */
export interface LoadOptions {
  /** Centred rows need tab offsets; rows at an indent of a multiple of four do not and load sooner. */
  readonly tabOffsets: boolean;
}

export interface Load {
  /** Everything but the EOC pair. */
  readonly units: readonly Unit[];
  /** Frames that `units` take. */
  readonly frames: number;
  readonly lost: readonly Substitution[];
}

/** A doubled control code. */
export function doubled(word: number): Unit {
  return [word, word];
}

/** The words of one row's text. Two equal special characters get a harmless code between them (§2). */
function textUnits(text: string, startColumn: number): Unit[] {
  const units: Unit[] = [];
  let pending: number | undefined;
  let lastSpecial: number | undefined;
  let column = startColumn;
  const flush = (): void => {
    if (pending !== undefined) units.push([(pending << 8) | (nullWord & 0xff)]);
    pending = undefined;
  };
  const basic = (byte: number): void => {
    if (pending === undefined) pending = byte;
    else {
      units.push([(pending << 8) | byte]);
      pending = undefined;
    }
    lastSpecial = undefined;
  };
  for (const character of text) {
    const code = characterCode(character);
    if (code === undefined) throw new RangeError(`no CEA-608 code for ${JSON.stringify(character)}`);
    if (code.kind === "basic") basic(code.byte);
    else if (code.kind === "special") {
      flush();
      // A third equal word would be taken for a repeated copy by decoders that never re-arm.
      if (lastSpecial === code.word) units.push(doubled(control.resumeCaptionLoading));
      units.push(doubled(code.word));
      lastSpecial = code.word;
    } else {
      basic(code.fallback);
      // In the last column the cursor does not move on, and the code would overwrite column 31 (§3.5).
      if (column < columnCount - 1) {
        flush();
        units.push(doubled(code.word));
      }
    }
    column++;
  }
  flush();
  return units;
}

/** The column at which a row begins so that it is centred; the longer part of an odd rest is on the right. */
function centredColumn(columns: number): number {
  return Math.max(0, Math.floor((columnCount - columns) / 2));
}

/**
 * The words that load a caption into the non-displayed memory, bottom rows, centred.
 * @throws RangeError for more than four lines or a line of more than 32 columns: the caller cuts text, we do not.
 */
export function loadCaption(lines: readonly string[], options: LoadOptions): Load {
  if (lines.length > maxCaptionRows) throw new RangeError(`a caption has at most ${maxCaptionRows} lines`);
  const units: Unit[] = [doubled(control.resumeCaptionLoading), doubled(control.eraseNonDisplayedMemory)];
  const lost: Substitution[] = [];
  lines.forEach((line, index) => {
    const { text, lost: lostHere } = transliterate(line);
    lost.push(...lostHere);
    const columns = [...text].length;
    if (columns > columnCount) throw new RangeError(`a caption line has at most ${columnCount} columns`);
    const row = rowCount - lines.length + 1 + index;
    const centred = centredColumn(columns);
    const indent = Math.floor(centred / 4) * 4;
    const column = options.tabOffsets ? centred : indent;
    units.push(doubled(preambleAddress(row, indent)));
    if (column > indent) units.push(doubled(tabOffset(column - indent)));
    units.push(...textUnits(text, column));
  });
  return { units, frames: units.reduce((sum, unit) => sum + unit.length, 0), lost };
}
