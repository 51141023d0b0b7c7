import { createIssue } from "../../quality/issue.ts";
import type { CaptionFormat } from "../caption-format.ts";
import { parseTtml } from "./read.ts";
import { formatTtml } from "./write.ts";

export const ttml: CaptionFormat = {
  recognizes: (start) => /^<(\?xml|!--|tt[\s>]|\w+:tt[\s>])/.test(start),
  read: (text) => {
    const { cues, skipped, language } = parseTtml(text);
    const issues = skipped.map((reason) => createIssue("unreadable", reason));
    return { cues, words: [], issues, ...(language === undefined ? {} : { language }) };
  },
  write: ({ cues, language }) => formatTtml(cues, language),
};
