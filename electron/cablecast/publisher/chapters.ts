/**
 * Synchronizes the chapters of a VOD: missing ones are created; obsolete ones that Archivist created are marked as
 * deleted or reported. Chapters that a person created, changed or removed on the server are left alone.
 */
import {
  forgetSentChapter,
  listSentChapters,
  type SentChapter,
  saveSentChapter,
} from "../../catalog/repositories/cablecast-sent.ts";
import type { Publication, PublishedChapter } from "../../contract/publishing.ts";
import type { Chapter } from "../client/records.ts";
import type { PublisherDeps } from "./dependencies.ts";

export interface ChapterChanges {
  readonly missing: readonly PublishedChapter[];
  /** Created by Archivist, unchanged since, and no longer in the publication. */
  readonly surplus: readonly Chapter[];
  /** Already as the publication wants them, created by Archivist or by a person. */
  readonly right: readonly Chapter[];
}

/** Compares chapters. Pure. @param sent the chapters that Archivist has created before */
export function chapterChanges(
  wanted: readonly PublishedChapter[],
  present: readonly Chapter[],
  sent: readonly SentChapter[],
): ChapterChanges {
  const isShown = ({ deleted, hidden, quickAdded }: Chapter): boolean => !deleted && !hidden && !quickAdded;
  const shown = present.filter(isShown);
  const same = (
    a: PublishedChapter,
    b: { readonly offset: number; readonly title?: string | null | undefined },
  ): boolean => a.offset === b.offset && a.title === (b.title ?? "");
  const isWanted = (chapter: PublishedChapter): boolean => wanted.some((options) => same(options, chapter));
  const untouched = sent.flatMap((own) => {
    const chapter = shown.find(({ id }) => id === own.chapterId);
    return chapter !== undefined && same(own, chapter) ? [chapter] : [];
  });
  return {
    // A chapter that was created before and is not there unchanged was changed or removed by a person.
    missing: wanted.filter(
      (options) => !shown.some((chapter) => same(options, chapter)) && !sent.some((own) => same(options, own)),
    ),
    surplus: untouched.filter(({ offset, title }) => !isWanted({ offset, title: title ?? "" })),
    right: shown.filter(({ offset, title }) => isWanted({ offset, title: title ?? "" })),
  };
}

export async function publishChapters(
  deps: PublisherDeps,
  publication: Publication,
  vodId: number,
): Promise<{ readonly detail: string; readonly missing: readonly string[] }> {
  const { catalog, client, settings, signal } = deps;
  const server = client.address;
  const compareChapters = async (): Promise<ChapterChanges> =>
    chapterChanges(
      publication.chapters,
      await client.chapters(vodId, signal),
      listSentChapters(catalog, server, vodId),
    );
  const before = await compareChapters();
  // Also those whose response was lost when they were created.
  for (const chapter of before.right) saveSentChapters(deps, vodId, chapter);
  for (const { title, offset } of before.missing) {
    saveSentChapters(deps, vodId, await client.createChapter({ vod: vodId, title, body: "", offset }, signal));
  }
  if (settings.changeChapters) {
    for (const chapter of before.surplus) {
      await client.deleteChapter(chapter, signal);
      forgetSentChapter(catalog, server, chapter.id);
    }
  }
  const present = await client.chapters(vodId, signal);
  const lost = before.missing.filter(
    (options) => !present.some(({ title, offset }) => offset === options.offset && title === options.title),
  );
  // It is not confirmed that servers accept a removal: chapters that are still there are reported.
  const shown = new Set(present.filter(({ deleted }) => !deleted).map(({ id }) => id));
  const surplus = before.surplus.filter(({ id }) => shown.has(id));
  const vod = await client.vod(vodId, signal);
  if (publication.chapters.length > 0 && vod.chaptersPublished !== true) {
    await client.updateVod(vodId, (known) => ({ ...known, chaptersPublished: true }), signal);
  }
  return {
    detail: `${publication.chapters.length} chapters, ${before.missing.length} of them new`,
    missing: [
      ...surplus.map(
        ({ title, offset }) => `the chapter "${title}" at ${offset} s is no longer right: remove it on the server`,
      ),
      ...lost.map(({ title }) => `the chapter "${title}" was not taken by the server`),
    ],
  };
}

function saveSentChapters({ catalog, client }: PublisherDeps, vodId: number, { id, title, offset }: Chapter): void {
  saveSentChapter(catalog, client.address, vodId, { chapterId: id, title: title ?? "", offset });
}
