import type { CaptionFormat } from "../caption-format.ts";
import { readSrtVtt } from "../srt-vtt-parser.ts";
import { formatWebVtt } from "./write.ts";

export const vtt: CaptionFormat = {
  recognizes: (start) => /^WEBVTT(\s|$)/.test(start),
  read: (text) => readSrtVtt(text, "vtt"),
  write: ({ cues, language }) => formatWebVtt(cues, language),
};
