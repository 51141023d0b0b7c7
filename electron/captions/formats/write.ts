/** Writes captions in any of the output formats. */
import type { Cue } from "../cue.ts";
import { type CueProfile, defaultProfile } from "../quality/caption-profile.ts";
import { encodeScc } from "../scc/encode.ts";
import type { Word } from "../word.ts";
import { type CaptionContent, formatCaptionJson } from "./json.ts";
import { formatTextFromCues, formatTextFromWords } from "./plain-text.ts";
import { formatSrt } from "./srt.ts";
import { formatTtml } from "./ttml-write.ts";
import { formatWebVtt } from "./webvtt.ts";

export type WritableFormat = "scc" | "vtt" | "srt" | "ttml" | "txt" | "json";

/** The text of a caption file. */
export function writeCaptions(
  format: WritableFormat,
  content: CaptionContent,
  profile: CueProfile = defaultProfile,
): string {
  const cues: readonly Cue[] = content.cues;
  const words: readonly Word[] = content.words;
  switch (format) {
    case "scc":
      return encodeScc(cues, { profile }).text;
    case "vtt":
      return formatWebVtt(cues, content.language);
    case "srt":
      return formatSrt(cues);
    case "ttml":
      return formatTtml(cues, content.language);
    case "txt":
      return words.length > 0 ? formatTextFromWords(words) : formatTextFromCues(cues);
    case "json":
      return formatCaptionJson(content);
  }
}
