/** The chapters of a VOD: what is missing is made, what is not right is marked as deleted or told. */
import type { Chapter } from "../client/records.ts";
import type { ChapterWish, Publication } from "../publication.ts";
import type { PublisherParts } from "./parts.ts";

export interface ChapterChanges {
  readonly missing: readonly ChapterWish[];
  /** On the server, and not in the publication. */
  readonly surplus: readonly Chapter[];
}

/** Pure. Drafts and hidden chapters are somebody else's. */
export function chapterChanges(wanted: readonly ChapterWish[], present: readonly Chapter[]): ChapterChanges {
  const shown = present.filter(({ deleted, hidden, quickAdded }) => !deleted && !hidden && !quickAdded);
  const same = (wish: ChapterWish, chapter: Chapter): boolean =>
    wish.offset === chapter.offset && wish.title === (chapter.title ?? "");
  return {
    missing: wanted.filter((wish) => !shown.some((chapter) => same(wish, chapter))),
    surplus: shown.filter((chapter) => !wanted.some((wish) => same(wish, chapter))),
  };
}

export async function publishChapters(
  parts: PublisherParts,
  publication: Publication,
  vodId: number,
): Promise<{ readonly detail: string; readonly missing: readonly string[] }> {
  const { client, settings, signal } = parts;
  const { missing, surplus } = chapterChanges(publication.chapters, await client.chapters(vodId, signal));
  for (const { title, offset } of missing) await client.createChapter({ vod: vodId, title, body: "", offset }, signal);
  if (settings.changeChapters) for (const chapter of surplus) await client.deleteChapter(chapter, signal);
  const after = chapterChanges(publication.chapters, await client.chapters(vodId, signal));
  const vod = await client.vod(vodId, signal);
  if (publication.chapters.length > 0 && vod.chaptersPublished !== true) {
    await client.updateVod(vodId, (before) => ({ ...before, chaptersPublished: true }), signal);
  }
  const left = after.surplus.map(
    ({ title, offset }) => `the chapter "${title}" at ${offset} s is no longer right: remove it on the server`,
  );
  const lost = after.missing.map(({ title }) => `the chapter "${title}" was not taken by the server`);
  return {
    detail: `${publication.chapters.length} chapters, ${missing.length} of them new`,
    missing: [...left, ...lost],
  };
}
