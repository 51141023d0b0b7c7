/**
 * Removes repeated lines from rolling captions. In automatic captions of video sites every cue repeats the last line of
 * the one before it and adds a new one, with cues of a hundredth of a second between. Read unchanged, every line would
 * appear two or three times. People say things twice as well ("Aye." in a roll call), so that only what a rolling
 * export writes counts: a cue of two lines whose first line is the last one of the cue before.
 */
import type { Cue } from "../cue.ts";

/** In milliseconds. Gaps and cues this short come from the site, not from a person. */
const touchingMs = 60;
/** Minimum number of repeating cues before captions count as rolling. */
const minRepeats = 3;
const shareOfRepeats = 0.5;

const isTouching = (previous: Cue, cue: Cue): boolean => Math.abs(cue.startMs - previous.endMs) <= touchingMs;

/** True for a cue that shows what stands there already, for a moment: the site's own, with nothing new. */
function isMoment(previous: Cue | undefined, cue: Cue): boolean {
  if (previous === undefined || !isTouching(previous, cue) || cue.endMs - cue.startMs > touchingMs) return false;
  return cue.lines.every((line, index) => line === previous.lines[previous.lines.length - cue.lines.length + index]);
}

/** Number of first lines of a cue that are the last lines of the one before it, with a new line below them. */
function countRolled(previous: Cue | undefined, cue: Cue): number {
  if (previous === undefined || !isTouching(previous, cue)) return 0;
  // "Aye." and "Aye." again: two people, not a line that rolls.
  if (cue.lines.length === previous.lines.length && cue.lines.every((line, index) => line === previous.lines[index])) {
    return 0;
  }
  for (let count = Math.min(previous.lines.length, cue.lines.length - 1); count > 0; count--) {
    if (previous.lines.slice(-count).every((line, index) => line === cue.lines[index])) return count;
  }
  return 0;
}

/** Removes repeated lines from rolling captions; other captions are returned unchanged. */
export function withoutRepeats(cues: readonly Cue[]): readonly Cue[] {
  const moments = cues.map((cue, index) => isMoment(cues[index - 1], cue));
  const rolled = cues.map((cue, index) => (moments[index] ? 0 : countRolled(cues[index - 1], cue)));
  const count = cues.filter((_, index) => moments[index] || (rolled[index] ?? 0) > 0).length;
  if (!rolled.some((lines) => lines > 0) || count < minRepeats || count < cues.length * shareOfRepeats) return cues;
  const once: Cue[] = [];
  cues.forEach((cue, index) => {
    const last = once.at(-1);
    if (moments[index] && last !== undefined) {
      once[once.length - 1] = { ...last, endMs: Math.max(last.endMs, cue.endMs) };
      return;
    }
    const repeated = rolled[index] ?? 0;
    const { styles, ...rest } = cue;
    const left = styles?.slice(repeated) ?? [];
    const isStyled = left.some((style) => Object.keys(style).length > 0);
    once.push({ ...rest, lines: cue.lines.slice(repeated), ...(isStyled ? { styles: left } : {}) });
  });
  return once;
}
