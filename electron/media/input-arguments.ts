/**
 * The input arguments of every ffmpeg and ffprobe call. Recordings are untrusted: a playlist named .mp4 must not make
 * ffmpeg fetch addresses or read other files, so protocols and file formats are restricted to a list. The path is
 * absolute, which makes a leading dash harmless.
 */
import { isAbsolute } from "node:path";

/** Demuxers by FFmpeg's names: the supported formats, and others that broadcast equipment writes. */
const formats = [
  ...["mov", "mp4", "matroska", "webm", "avi", "asf", "mpegts", "mp3", "wav", "w64", "flac"],
  ...["mpeg", "mxf", "mxf_opatom", "gxf", "dv", "flv", "aac", "ac3", "ogg", "aiff", "caf"],
];

/** Returns the options and the path of one input file. */
export function inputArguments(path: string): readonly string[] {
  if (!isAbsolute(path)) throw new RangeError("ffmpeg gets absolute paths only");
  return ["-protocol_whitelist", "file,pipe", "-format_whitelist", formats.join(","), "-i", path];
}

/**
 * Returns the options and the path of a list of files that follow one another (ffmpeg's concat demuxer). The files in it are
 * held to the same restrictions.
 */
export function listArguments(path: string): readonly string[] {
  if (!isAbsolute(path)) throw new RangeError("ffmpeg gets absolute paths only");
  const allowed = ["concat", ...formats].join(",");
  return ["-protocol_whitelist", "file,pipe", "-format_whitelist", allowed, "-f", "concat", "-safe", "0", "-i", path];
}
