/**
 * Automatic captions of video sites roll: every cue repeats the last line of the one before it and adds a new one, with
 * cues of a hundredth of a second between. Read as they stand, every line would be there two or three times.
 */
import type { Cue } from "../cue.ts";

/** So little time between two cues, or so short a cue, is the site's, not a person's. In milliseconds. */
const touchingMs = 60;
/** So many cues must repeat before it is taken for rolling: people say things twice. */
const fewestRepeats = 3;
const shareOfRepeats = 0.5;

/** How many of the first lines of a cue are the last ones of the cue before, which it follows at once. */
function repeatedLines(previous: Cue | undefined, cue: Cue): number {
  if (previous === undefined || Math.abs(cue.startMs - previous.endMs) > touchingMs) return 0;
  for (let count = Math.min(previous.lines.length, cue.lines.length); count > 0; count--) {
    const last = previous.lines.slice(-count);
    if (last.every((line, index) => line === cue.lines[index])) return count;
  }
  return 0;
}

/** Cues with every line once, where they roll; all others as they are. */
export function withoutRepeats(cues: readonly Cue[]): readonly Cue[] {
  const repeats = cues.map((cue, index) => repeatedLines(cues[index - 1], cue));
  const count = repeats.filter((lines) => lines > 0).length;
  if (count < fewestRepeats || count < cues.length * shareOfRepeats) return cues;
  const once: Cue[] = [];
  cues.forEach((cue, index) => {
    const repeated = repeats[index] ?? 0;
    const last = once.at(-1);
    if (repeated < cue.lines.length || last === undefined) {
      const { styles, ...rest } = cue;
      const left = styles?.slice(repeated);
      once.push({ ...rest, lines: cue.lines.slice(repeated), ...(left === undefined ? {} : { styles: left }) });
    } else {
      // Nothing new: what is there stays longer.
      once[once.length - 1] = { ...last, endMs: Math.max(last.endMs, cue.endMs) };
    }
  });
  return once;
}
