/** Lengths that hold in more than one mode, in frames. */

/** A control code and its copy. */
export const pairFrames = 2;
/** A blank of fewer frames is not worth an erase of its own (reference/captions.md §4 rule 4). */
export const minBlankFrames = 2;
/** What had to come late, or was only just painted, still stays for half a second. */
export const minVisibleFrames = 15;
