/** Rules about the screen: columns, rows, characters (electron/captions/cea608/README.md, "The screen"). */
import { columnCount, maxCaptionRows } from "../../cea608/codes.ts";
import { countColumns, transliterate } from "../../cea608/transliterate.ts";
import { toCueRows } from "../../cue.ts";
import type { CueRule } from "./rule.ts";

const empty: CueRule = {
  name: "empty",
  check: ({ cue }) => (toCueRows(cue).length > 0 ? [] : [{ message: "the caption has no text" }]),
};

const columns: CueRule = {
  name: "columns",
  check: ({ cue }) =>
    cue.lines
      .filter((line) => countColumns(line) > columnCount)
      .map((line) => ({
        message: `a line has ${countColumns(line)} characters, the screen ${columnCount}: "${line}"`,
      })),
};

const lines: CueRule = {
  name: "lines",
  check: ({ cue, profile }) => {
    const count = toCueRows(cue).length;
    if (count > maxCaptionRows) {
      return [{ message: `${count} lines; at most ${maxCaptionRows} can be shown`, severity: "error" }];
    }
    return count > profile.maxLines ? [{ message: `${count} lines, more than ${profile.maxLines}` }] : [];
  },
};

const characters: CueRule = {
  name: "character",
  check: ({ cue }) =>
    cue.lines
      .flatMap((line) => transliterate(line).lost)
      .map(({ character }) => ({
        message: `CEA-608 has no code for "${character}", a question mark is shown`,
      })),
};

export const layoutRules: readonly CueRule[] = [empty, columns, lines, characters];
