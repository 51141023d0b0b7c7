/** How a new speaker is marked in the text of a caption: by a dash or by `>>` (README.md, "Speakers and sounds"). */

/** True for a line that begins with the mark of a new speaker. */
export function beginsTurn(line: string): boolean {
  return /^\s*([-–—]\s?\S|>>)/u.test(line);
}

/** True for a line that begins with a dash: what follows in the next caption may be said by anybody. */
export function beginsWithDash(line: string): boolean {
  return /^\s*[-–—]\s?\S/u.test(line);
}
