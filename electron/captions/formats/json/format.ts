import type { CaptionFormat } from "../caption-format.ts";
import { readCaptionJson } from "./read.ts";
import { formatCaptionJson } from "./write.ts";

export const json: CaptionFormat = {
  recognizes: (start) => start.startsWith("{") && !start.startsWith("{\\"),
  read: (text) => {
    const { cues, words, language } = readCaptionJson(text);
    return { cues, words, issues: [], ...(language === undefined ? {} : { language }) };
  },
  write: (content) => formatCaptionJson(content),
};
