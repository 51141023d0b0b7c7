/** Chapters as text that people write: one a line, its time and its title, as in `0:12:30 Public hearing`. Pure. */
import { formatClock } from "../captions/time/clock-text.ts";
import { hourMs, minuteMs, secondMs } from "../captions/time/durations.ts";

export interface ListedChapter {
  readonly title: string;
  /** Milliseconds of the recording. */
  readonly startMs: number;
}

export interface ParsedChapters {
  readonly chapters: readonly ListedChapter[];
  /** Lines that are no chapter, as they stand there. */
  readonly faults: readonly string[];
}

/** Hours (or minutes) of any number, then minutes and seconds of two digits. */
const linePattern = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?[\s\-–—]+(\S.*)$/u;

/** As the second in which it begins: that is what servers take. */
const formatLine = ({ title, startMs }: ListedChapter): string =>
  `${formatClock(Math.floor(startMs / secondMs) * secondMs)} ${title}`;

export const formatChapterList = (chapters: readonly ListedChapter[]): string => chapters.map(formatLine).join("\n");

/**
 * Empty lines are skipped; the order of lines does not matter.
 * @param known chapters that the text was made of: a line that nobody has changed keeps its exact time
 */
export function parseChapterList(text: string, known: readonly ListedChapter[] = []): ParsedChapters {
  const exact = new Map(known.map((chapter) => [formatLine(chapter), chapter]));
  const chapters: ListedChapter[] = [];
  const faults: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/).map((each) => each.trim())) {
    if (line === "") continue;
    const unchanged = exact.get(line);
    if (unchanged !== undefined) {
      chapters.push(unchanged);
      continue;
    }
    const [, hours, minutes = "", seconds = "", fraction = "", title = ""] = linePattern.exec(line) ?? [];
    const isTime = title !== "" && Number(seconds) < 60 && (hours === undefined || Number(minutes) < 60);
    if (!isTime) {
      faults.push(line);
      continue;
    }
    const startMs =
      Number(hours ?? 0) * hourMs +
      Number(minutes) * minuteMs +
      Number(seconds) * secondMs +
      Number(fraction.padEnd(3, "0"));
    chapters.push({ title: title.trim(), startMs });
  }
  return { chapters: chapters.toSorted((a, b) => a.startMs - b.startMs), faults };
}
