import { createIssue } from "../../quality/issue.ts";
import type { CaptionFormat } from "../caption-format.ts";
import { looksLikeTranscript, parseTranscript } from "./read.ts";
import { formatTextFromCues, formatTextFromWords } from "./write.ts";

const guessedTimes = createIssue(
  "guessed-times",
  "a transcript says only when its paragraphs begin: the times of the captions are shared out",
);

export const txt: CaptionFormat = {
  recognizes: (start) => looksLikeTranscript(start),
  read: (text) => ({ cues: parseTranscript(text), words: [], issues: [guessedTimes] }),
  write: ({ cues, words }) => (words.length > 0 ? formatTextFromWords(words) : formatTextFromCues(cues)),
};
