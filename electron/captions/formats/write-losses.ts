/** What a format has no place for, found by reading a file that was just written and comparing it. */
import { toStyleRuns } from "../character-style.ts";
import { type Cue, toCueRows } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import { listDroppedFeatures } from "./dropped-features.ts";

/** The styles of a caption, to compare them. */
const formatStyles = (cue: Cue): string =>
  toCueRows(cue)
    .flatMap((row) => toStyleRuns(row.text, row))
    .filter(({ text, style }) => text.trim() !== "" && Object.keys(style).length > 0)
    .map(({ text, style: { italic, underline, color } }) => `${text.trim()} ${italic} ${underline} ${color}`)
    .join("\n");

const formatLetters = (cue: Cue): string => cue.lines.join("").replace(/\s+/g, "");

const formatPlace = ({ edge = "bottom", align = "center" }: Cue): string => `${edge} ${align}`;

/**
 * What was lost between captions and the file that they were written to. A caption that was cut in two has no
 * counterpart, so that nothing is said where the numbers differ.
 * @param keepsPlaces true where the file has the exact places of lines, which are read as the nearest edge
 */
export function listWriteLosses(before: readonly Cue[], after: readonly Cue[], keepsPlaces: boolean): readonly Issue[] {
  const inOrder = (cues: readonly Cue[]): readonly Cue[] =>
    cues.filter((cue) => toCueRows(cue).length > 0).toSorted((a, b) => a.startMs - b.startMs);
  const shown = inOrder(before);
  const kept = inOrder(after);
  if (shown.length !== kept.length) return [];
  const list = (what: string, isLost: (cue: Cue, read: Cue) => boolean): readonly Issue[] => {
    const count = shown.filter((cue, index) => isLost(cue, kept[index] ?? cue)).length;
    return count === 0 ? [] : [listDroppedFeatures(`${count} × ${what}`)];
  };
  return [
    ...list("a letter that the new format has no code for", (cue, read) => formatLetters(cue) !== formatLetters(read)),
    ...list("italics, underline or colors", (cue, read) => formatStyles(cue) !== formatStyles(read)),
    ...(keepsPlaces ? [] : list("the exact place of a line", ({ places }) => places !== undefined)),
    ...list(
      "a place at the top, in the middle, at the left or right",
      (cue, read) => cue.places === undefined && formatPlace(cue) !== formatPlace(read),
    ),
  ];
}
