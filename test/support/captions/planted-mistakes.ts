/** Adds captions with mistakes as a separate version. */

import type { Cue } from "../../../electron/captions/cue.ts";
import { eq } from "../../../electron/catalog/drizzle.ts";
import type { Catalog } from "../../../electron/catalog/open.ts";
import { findNewestVersionNumber, insertCues } from "../../../electron/catalog/repositories/versions.ts";
import { versions } from "../../../electron/catalog/schema.ts";

/** Adds a version after the newest one, as an import does. */
export function plantVersion(catalog: Catalog, transcriptionId: string, cues: readonly Cue[]): void {
  const number = (findNewestVersionNumber(catalog, transcriptionId) ?? -1) + 1;
  const id = `planted ${transcriptionId} ${number}`;
  catalog.transaction(() => {
    catalog.database.insert(versions).values({ id, transcriptionId, number, origin: "import", name: "planted" }).run();
    insertCues(catalog, id, cues);
    catalog.database.update(versions).set({ sealed: true }).where(eq(versions.id, id)).run();
  });
}
