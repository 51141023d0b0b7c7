/** Clears away uploads that nobody goes on with, and whole ones that have not become meetings. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { dayMs } from "../../captions/time/durations.ts";
import { findRecordingByPath } from "../../catalog/repositories/recordings.ts";
import type { StationServices } from "../../station-services.ts";
import { isInQueue } from "../transcription-job.ts";
import { listUploads, removeUpload } from "./uploads.ts";

/** An upload that stands still for this long is over. */
const idleDays = 7;

/** @returns how many uploads were removed */
export async function sweepUploads({
  catalog,
  folder,
  clock,
}: Pick<StationServices, "catalog" | "folder" | "clock">): Promise<number> {
  const before = clock.now().getTime() - idleDays * dayMs;
  let removed = 0;
  for (const id of await listUploads(folder.uploads)) {
    const place = join(folder.uploads, id);
    const times = await Promise.all(
      [place, `${place}.part`, `${place}.json`].map(
        async (path) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0,
      ),
    );
    const names = await readdir(place).catch(() => [] as string[]);
    const isUsed = names
      .map((name) => join(place, name))
      .some((path) => isInQueue(catalog, path) || findRecordingByPath(catalog, path) !== undefined);
    if (isUsed || Math.max(...times) > before) continue;
    await removeUpload(folder.uploads, id);
    removed++;
  }
  return removed;
}
