/** Flags of the station that persist across restarts. */
import { eq } from "drizzle-orm";
import type { Catalog } from "../open.ts";
import { stationFlags } from "../schema.ts";

type FlagName = "queue_paused";

export function isFlagSet(catalog: Catalog, name: FlagName): boolean {
  const row = catalog.database.select().from(stationFlags).where(eq(stationFlags.name, name)).get();
  return row?.value === "1";
}

export function setFlag(catalog: Catalog, name: FlagName, on: boolean): void {
  const value = on ? "1" : "0";
  catalog.database
    .insert(stationFlags)
    .values({ name, value })
    .onConflictDoUpdate({ target: stationFlags.name, set: { value } })
    .run();
}
