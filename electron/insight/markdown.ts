/** Formats the summary as Markdown. */
import { formatClockTime } from "../captions/formats/clock-time.ts";
import type { Summary } from "./summary.ts";

/** The recording that is summarized. */
export interface SummaryHead {
  readonly title: string;
  readonly durationMs: number;
}

const clock = (ms: number): string => formatClockTime(ms, ".").slice(0, 8);

/** Escapes Markdown syntax, because a recording's title may be any text. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, "\\$&");
}

/** Markdown with title, length, sentences with their times, and key phrases. */
export function formatSummary(summary: Summary, head: SummaryHead): string {
  const lines = [`# ${escapeMarkdown(head.title)}`, "", `Length ${clock(head.durationMs)}.`, "", "## Summary", ""];
  if (summary.sentences.length === 0) lines.push("No speech was recognized in this recording.");
  for (const { text, startMs } of summary.sentences) lines.push(`- [${clock(startMs)}] ${escapeMarkdown(text)}`);
  if (summary.phrases.length > 0) {
    lines.push("", "## Key phrases", "");
    for (const { phrase, occurrences } of summary.phrases) {
      lines.push(`- ${escapeMarkdown(phrase)}${occurrences > 1 ? ` (${occurrences})` : ""}`);
    }
  }
  lines.push("", "The sentences are quoted from the transcript as they were recognized.", "");
  return lines.join("\n");
}
