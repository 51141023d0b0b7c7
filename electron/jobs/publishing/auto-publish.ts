/** Publishing by itself, through the same gate as by hand. */
import { type PublishableRow, unpublished, unverified } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { JobDesk } from "../queue/desk.ts";
import type { Workshop } from "../workshop.ts";
import { obstacles } from "./gate.ts";
import type { PublishWish } from "./wish.ts";

/** Puts the publication of a transcription into the queue. @throws ArchivistError `queue.full` */
export function submitPublication(
  desk: JobDesk,
  row: Pick<PublishableRow, "id" | "filename" | "city">,
  wish: PublishWish = {},
) {
  return desk.submit({
    type: "publish",
    title: `Publish ${row.filename}`,
    payload: { transcriptionId: row.id, ...wish },
    dedupeKey: `publish:${row.id}${wish.target === undefined ? "" : `:${wish.target}`}`,
    city: row.city ?? undefined,
  });
}

/** Everything that is finished and may be published, and whatever was published and not read back yet. @returns In words */
export function publishReady(workshop: Workshop, desk: JobDesk): string {
  const { catalog, settings } = workshop;
  if (!settings.publishing.automatic) return "not done: publishing.automatic is false";
  const ready = unpublished(catalog).filter(
    (row) => row.status === "completed" && obstacles(workshop, row).length === 0,
  );
  let submitted = 0;
  for (const row of [...ready, ...unverified(catalog)]) {
    try {
      if (submitPublication(desk, row).isNew) submitted++;
    } catch (thrown) {
      if (thrown instanceof ArchivistError && thrown.code === "queue.full")
        return `${submitted} put into the queue, which is full now`;
      throw thrown;
    }
  }
  return `${submitted} put into the queue`;
}
