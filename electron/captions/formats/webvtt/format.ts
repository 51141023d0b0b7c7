import type { CaptionFormat } from "../caption-format.ts";
import { readWebVtt } from "./read.ts";
import { formatWebVtt } from "./write.ts";

export const vtt: CaptionFormat = {
  recognizes: (start) => /^WEBVTT(\s|$)/.test(start),
  read: readWebVtt,
  write: ({ cues, language }) => formatWebVtt(cues, language),
};
