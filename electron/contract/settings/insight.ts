/** Summaries. */
import { z } from "zod";
import { setting } from "./setting.ts";

export const insightSchema = z.strictObject({
  summarySentences: setting(
    z.number().int().min(0).max(100).default(10),
    "Most sentences in a summary; 0: no summary, unless a recording is to have one.",
    "a whole number from 0 to 100",
  ),
  keyPhrases: setting(
    z.number().int().min(0).max(100).default(15),
    "Most key phrases in a summary.",
    "a whole number from 0 to 100",
  ),
});
