/** Formats chapters as a WebVTT track: one cue per chapter, each until the next (W3C WebVTT §1.5, chapter tracks). */
import { formatClockTime } from "./clock-time.ts";

export interface TrackChapter {
  readonly title: string;
  /** Seconds from the start. */
  readonly offset: number;
}

/** Formats a chapter track. @param seconds length of the recording: the end of the last chapter */
export function formatChapterTrack(chapters: readonly TrackChapter[], seconds: number): string {
  const sorted = chapters.toSorted((a, b) => a.offset - b.offset);
  const cues = sorted.map(({ title, offset }, index) => {
    const end = Math.max(offset + 0.001, sorted[index + 1]?.offset ?? seconds);
    const times = `${formatClockTime(Math.round(offset * 1000), ".")} --> ${formatClockTime(Math.round(end * 1000), ".")}`;
    return `${times}\n${plainLine(title)}\n`;
  });
  return `WEBVTT\n\n${cues.join("\n")}`;
}

/** A title in one line, with the characters that have a meaning in WebVTT escaped. */
function plainLine(title: string): string {
  const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped.replace(/\s+/g, " ").trim() || "Chapter";
}
