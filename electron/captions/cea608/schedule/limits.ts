/** Durations used by more than one caption mode, in frames. */

/** A control code and its copy. */
export const pairFrames = 2;
/** A shorter blank is not worth a separate erase (../README.md, "Line 21 timing"). */
export const minBlankFrames = 2;
/** Minimum visible time of text that was late or was just painted: half a second. */
export const minVisibleFrames = 15;
/** Text may appear at most this early, to make room for what follows: about half of what the BBC allows. */
export const maxEarlyFrames = 22;
