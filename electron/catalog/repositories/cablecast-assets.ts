/** Files that the Cablecast server lists and no show plays. */
import { eq } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { cablecastReferences } from "../schema.ts";

/** Replaces all assets. @param assets old servers give no ids */
export function saveAssets(
  catalog: Catalog,
  assets: readonly { readonly id: number | null; readonly filename: string }[],
  now: string,
): void {
  const { database } = catalog;
  catalog.transaction(() => {
    database.delete(cablecastReferences).where(eq(cablecastReferences.kind, "asset")).run();
    const rows = assets.map(({ id, filename }, index) => ({
      kind: "asset" as const,
      // Negative ids cannot collide with those of a server.
      cablecastId: id ?? -1 - index,
      filename,
      updatedDate: now,
    }));
    for (const some of inBatches(rows)) {
      database.insert(cablecastReferences).values(some).onConflictDoNothing().run();
    }
  });
}
