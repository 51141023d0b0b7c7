/** Chapters of corrected captions: those that a machine has found follow the words, those of people stay. */
import type { AgendaItem } from "./agenda/called-items.ts";

export interface PeoplesChapters {
  /** What the machine had found when people began. */
  readonly base: readonly AgendaItem[];
  /** What they have made of it. */
  readonly current: readonly AgendaItem[];
}

/** An item whose sentence was cut or joined begins elsewhere, but not further away than this. */
const sameCallMs = 20_000;

const isSame = (a: AgendaItem, b: AgendaItem): boolean => a.startMs === b.startMs && a.title === b.title;

/**
 * The chapters of a version.
 * @param found agenda items in the words of the version
 * @returns Chapters that people have made, renamed or moved as they are; of the machine's that they have left, the title
 *   that is called there now, or none where no item is called any more. In order of time
 */
export function followWords(found: readonly AgendaItem[], { base, current }: PeoplesChapters): readonly AgendaItem[] {
  const taken = new Set<AgendaItem>();
  return current.flatMap((chapter) => {
    if (!base.some((each) => isSame(each, chapter))) return [chapter];
    const near = found
      .filter((item) => !taken.has(item) && Math.abs(item.startMs - chapter.startMs) <= sameCallMs)
      .toSorted((a, b) => distance(a, chapter) - distance(b, chapter));
    const item = near.find(({ title }) => title === chapter.title) ?? near[0];
    if (item === undefined) return [];
    taken.add(item);
    // Its place stays: people see it there while they correct the captions.
    return [{ title: item.title, startMs: chapter.startMs }];
  });
}

const distance = (a: AgendaItem, b: AgendaItem): number => Math.abs(a.startMs - b.startMs);
