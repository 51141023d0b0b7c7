/** Lengths that hold in more than one mode, in frames. */

/** A control code and its copy. */
export const pairFrames = 2;
/** A blank of fewer frames is not worth an erase of its own (../README.md, "Line 21 timing"). */
export const minBlankFrames = 2;
/** What had to come late, or was only just painted, still stays for half a second. */
export const minVisibleFrames = 15;
