/** What a format has no place for, found by reading a file that was just written and comparing it. */
import { type Cue, toCueRows } from "../cue.ts";
import type { Issue } from "../quality/issue.ts";
import { listDroppedFeatures } from "./dropped-features.ts";
import { getPosition } from "./placement.ts";
import { toStyledRuns } from "./styled-lines.ts";

/** What is compared of a caption, as a text, and how its loss is told. */
const features: readonly { readonly name: string; readonly toText: (cue: Cue) => string }[] = [
  {
    name: "a letter that the new format has no code for",
    toText: (cue) => cue.lines.join("").replace(/\s+/g, ""),
  },
  {
    name: "italics, underline or colors",
    toText: (cue) =>
      toCueRows(cue)
        .flatMap(toStyledRuns)
        .filter(({ text, style }) => text.trim() !== "" && Object.keys(style).length > 0)
        .map(({ text, style: { italic, underline, color } }) => `${text.trim()} ${italic} ${underline} ${color}`)
        .join("\n"),
  },
  {
    name: "a place at the top, in the middle, at the left or right",
    toText: (cue) => `${getPosition(cue)} ${cue.align ?? "center"}`,
  },
];

/**
 * What was lost between captions and the file that they were written to. A caption that was cut in two has no
 * counterpart, so that nothing is said where the numbers differ.
 */
export function listWriteLosses(before: readonly Cue[], after: readonly Cue[]): readonly Issue[] {
  const inOrder = (cues: readonly Cue[]): readonly Cue[] =>
    cues.filter((cue) => toCueRows(cue).length > 0).toSorted((a, b) => a.startMs - b.startMs);
  const shown = inOrder(before);
  const kept = inOrder(after);
  if (shown.length !== kept.length) return [];
  return features.flatMap(({ name, toText }) => {
    const count = shown.filter((cue, index) => toText(cue) !== toText(kept[index] ?? cue)).length;
    return count === 0 ? [] : [listDroppedFeatures(`${count} × ${name}`)];
  });
}
