/** Clears away uploads that nobody goes on with, and whole ones that have not become meetings. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { dayMs } from "../../captions/time/durations.ts";
import { isNamedAnywhere } from "../../catalog/repositories/recordings.ts";
import type { StationServices } from "../../station-services.ts";
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
    // By its id, which is in no other path: the data folder may have another spelling than when it was uploaded.
    if (Math.max(...times) > before || isNamedAnywhere(catalog, id)) continue;
    await removeUpload(folder.uploads, id);
    removed++;
  }
  return removed;
}
