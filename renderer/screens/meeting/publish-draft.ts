/** What a person has changed in the preview of a publication, and the options that follow from it. Pure. */
import { type ListedChapter, parseChapterList } from "../../../electron/contract/chapter-list.ts";

/** Undefined: as Archivist proposes it. */
export interface PublishDraft {
  readonly title?: string;
  readonly description?: string;
  readonly date?: string;
  readonly tags?: readonly string[];
  /** As text, one a line. */
  readonly chapters?: string;
  readonly quality?: number;
  readonly captions?: boolean;
  readonly generateTitle?: boolean;
  readonly generateDescription?: boolean;
  readonly showChoice?: "found" | "new" | "other";
  readonly show?: number;
}

/**
 * The options of a publication. An empty title or date is as good as none; lines that are no chapter are left out.
 * @param ownChapters those that the text began with
 */
export function toPublishOptions(draft: PublishDraft, ownChapters: readonly ListedChapter[]) {
  const { title, description, date, tags, chapters, quality, captions, show } = draft;
  const { generateTitle, generateDescription, showChoice } = draft;
  return {
    ...(title === undefined || title.trim() === "" ? {} : { title: title.trim() }),
    ...(description === undefined ? {} : { description }),
    ...(date === undefined || date === "" ? {} : { date }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(chapters === undefined ? {} : { chapters: [...parseChapterList(chapters, ownChapters).chapters] }),
    ...(quality === undefined ? {} : { quality }),
    ...(captions === undefined ? {} : { captions }),
    ...(generateTitle === undefined ? {} : { generateTitle }),
    ...(generateDescription === undefined ? {} : { generateDescription }),
    ...(showChoice === "new" ? { newShow: true } : {}),
    ...(showChoice === "other" && show !== undefined ? { show } : {}),
  };
}

/** Whether nothing stands in the draft that could not be sent. */
export const isComplete = ({ chapters, showChoice, show }: PublishDraft): boolean =>
  (chapters === undefined || parseChapterList(chapters).faults.length === 0) &&
  (showChoice !== "other" || show !== undefined);
