/** Rules about the screen: columns, rows, characters (electron/captions/cea608/README.md, "The screen"). */
import { columnCount, maxCaptionRows } from "../../cea608/codes.ts";
import { countColumns, transliterate } from "../../cea608/transliterate.ts";
import { toCueRows } from "../../cue.ts";
import type { CueRule } from "./rule.ts";

const empty: CueRule = {
  name: "empty",
  group: "content-completeness",
  severity: "warning",
  check: ({ cue }) =>
    toCueRows(cue).length > 0 ? [] : [{ message: "the caption has no text", remedy: "Write its text, or delete it." }],
};

const columns: CueRule = {
  name: "columns",
  group: "scc-format",
  severity: "error",
  check: ({ cue }) =>
    cue.lines
      .filter((line) => countColumns(line) > columnCount)
      .map((line) => ({
        message: `a line has ${countColumns(line)} characters, the screen ${columnCount}: "${line}"`,
        remedy: "Break the line, or split the caption.",
      })),
};

const lines: CueRule = {
  name: "lines",
  group: "scc-format",
  severity: "warning",
  check: ({ cue, profile }) => {
    const count = toCueRows(cue).length;
    const remedy = "Split the caption.";
    if (count > maxCaptionRows) {
      return [{ message: `${count} lines; at most ${maxCaptionRows} can be shown`, remedy, severity: "error" }];
    }
    return count > profile.maxLines ? [{ message: `${count} lines, more than ${profile.maxLines}`, remedy }] : [];
  },
};

const characters: CueRule = {
  name: "character",
  group: "scc-format",
  severity: "error",
  check: ({ cue }) =>
    cue.lines
      .flatMap((line) => transliterate(line).lost)
      .map(({ character }) => ({
        message: `CEA-608 has no code for "${character}", a question mark is shown`,
        remedy: "Write it with letters that a caption can carry.",
      })),
};

export const layoutRules: readonly CueRule[] = [empty, columns, lines, characters];
