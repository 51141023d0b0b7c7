/** Reads a transcript with times, as written by `write.ts`: `[HH:MM:SS] Speaker: text`. */
import type { Cue } from "../../cue.ts";
import { type CueProfile, defaultProfile } from "../../quality/caption-profile.ts";
import { refit } from "../../segmentation/refit.ts";
import { rowsOfText } from "../../text/rows.ts";
import { parseClockTime } from "../clock-time.ts";

const paragraphStart = /^\[((?:\d{1,4}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\]\s*(.*)$/;
/** A name at the beginning of a paragraph: up to four capitalized words and a colon. */
const speakerLabel = /^((?:\p{Lu}[\p{L}.'-]*\s?){1,4}):\s+(?=\S)/u;

/**
 * True for text that begins with a time in brackets. @param start start of a file, without blanks before the first row
 */
export function looksLikeTranscript(start: string): boolean {
  return paragraphStart.test(rowsOfText(start)[0] ?? "");
}

interface Paragraph {
  readonly startMs: number;
  readonly speaker: string | undefined;
  text: string;
}

function splitParagraphs(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let speaker: string | undefined;
  for (const row of rowsOfText(text)) {
    const [, time, rest = ""] = paragraphStart.exec(row.trim()) ?? [];
    const startMs = time === undefined ? undefined : parseClockTime(time);
    if (startMs === undefined) {
      const last = paragraphs.at(-1);
      if (last !== undefined && row.trim() !== "") last.text += ` ${row.trim()}`;
      continue;
    }
    const name = speakerLabel.exec(rest)?.[1]?.trim();
    speaker = name ?? speaker;
    paragraphs.push({ startMs, speaker, text: name === undefined ? rest : rest.replace(speakerLabel, "") });
  }
  return paragraphs;
}

/**
 * Parses the cues of a transcript. It gives only the start of each paragraph, so the words of a paragraph share the
 * time until the next one, or the time needed to read them, whichever is less.
 */
export function parseTranscript(text: string, profile: CueProfile = defaultProfile): readonly Cue[] {
  const paragraphs = splitParagraphs(text);
  return paragraphs.flatMap(({ startMs, speaker, text: words }, index) => {
    if (words.trim() === "") return [];
    const readMs = Math.max(profile.minMs, (words.length * 1000) / profile.maxCharactersPerSecond);
    const nextMs = paragraphs[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    const endMs = Math.round(Math.min(startMs + readMs, Math.max(startMs + 1, nextMs)));
    return refit({ startMs, endMs, lines: [words.trim()], ...(speaker === undefined ? {} : { speaker }) }, profile);
  });
}
