import type { CaptionFormat } from "../caption-format.ts";
import { readSrt } from "./read.ts";
import { formatSrt } from "./write.ts";

export const srt: CaptionFormat = {
  recognizes: (start) => /\d\s{0,20}--?>\s{0,20}\d/.test(start),
  read: readSrt,
  write: ({ cues }) => formatSrt(cues),
};
