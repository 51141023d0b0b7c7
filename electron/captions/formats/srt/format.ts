import type { CaptionFormat } from "../caption-format.ts";
import { readSrtVtt } from "../srt-vtt-parser.ts";
import { formatSrt } from "./write.ts";

export const srt: CaptionFormat = {
  recognizes: (start) => /\d\s{0,20}--?>\s{0,20}\d/.test(start),
  read: (text) => readSrtVtt(text, "srt"),
  write: ({ cues }) => formatSrt(cues),
};
