/** What formats of recordings have in common, by FFmpeg's names of them: `mov,mp4,m4a,3gp,3g2,mj2`. Pure. */

const matchAny =
  (...known: readonly string[]) =>
  (container: string): boolean =>
    container.split(",").some((name) => known.includes(name));

const finished = ["mov", "mp4", "avi", "wav", "w64", "flac", "mxf", "aiff", "caf"];

/** True for formats that state a length for each stream; others have one for the whole at most. */
export const statesStreamLengths = matchAny(...finished);

/**
 * True for formats that state their length when they are finished. Streams (transport, program, raw sound, FLV) do not:
 * their length is what reading them finds.
 */
export const statesLength = matchAny(...finished, "matroska", "webm", "asf", "mxf_opatom", "gxf");

/** True for formats whose clock may be set anew in the middle. */
export const mayClockJump = matchAny("mpegts", "mpeg", "flv", "aac", "mp3", "ac3");

/** True for formats in whose middle the sound may change its format, which an MP4 file cannot. */
export const mayChangeFormat = matchAny("mpegts", "mpeg", "aac", "mp3");
