/** Files that the Cablecast server knows and no show plays. */
import { eq } from "drizzle-orm";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { cablecastReferences } from "../schema.ts";

/** Replaces all of them. @param assets an old server gives no ids */
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
      // Below zero no server counts.
      cablecastId: id ?? -1 - index,
      filename,
      updatedDate: now,
    }));
    for (const some of inBatches(rows)) {
      database.insert(cablecastReferences).values(some).onConflictDoNothing().run();
    }
  });
}
