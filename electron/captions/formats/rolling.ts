/**
 * Removes repeated lines from rolling captions. In automatic captions of video sites every cue repeats the last line of
 * the one before it and adds a new one, with cues of a hundredth of a second between. Read unchanged, every line would
 * appear two or three times.
 */
import type { Cue } from "../cue.ts";

/** In milliseconds. Gaps and cues this short come from the site, not from a person. */
const touchingMs = 60;
/** Minimum number of repeating cues before captions count as rolling: people say things twice. */
const fewestRepeats = 3;
const shareOfRepeats = 0.5;

/** Number of first lines of a cue that repeat the last lines of the previous cue, which it directly follows. */
function repeatedLines(previous: Cue | undefined, cue: Cue): number {
  if (previous === undefined || Math.abs(cue.startMs - previous.endMs) > touchingMs) return 0;
  for (let count = Math.min(previous.lines.length, cue.lines.length); count > 0; count--) {
    const last = previous.lines.slice(-count);
    if (last.every((line, index) => line === cue.lines[index])) return count;
  }
  return 0;
}

/** Removes repeated lines from rolling captions; other captions are returned unchanged. */
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
      // No new line: the previous cue is extended.
      once[once.length - 1] = { ...last, endMs: Math.max(last.endMs, cue.endMs) };
    }
  });
  return once;
}
