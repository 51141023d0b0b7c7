/** Small facts of the station that persist across restarts. */

import type { ServiceName } from "../../contract/services.ts";
import { eq } from "../drizzle.ts";
import type { Catalog } from "../open.ts";
import { stationFlags } from "../schema.ts";

type FlagName = "queue_paused";

function read(catalog: Catalog, name: string): string | undefined {
  return catalog.database.select().from(stationFlags).where(eq(stationFlags.name, name)).get()?.value;
}

function write(catalog: Catalog, name: string, value: string): void {
  catalog.database
    .insert(stationFlags)
    .values({ name, value })
    .onConflictDoUpdate({ target: stationFlags.name, set: { value } })
    .run();
}

export const isFlagSet = (catalog: Catalog, name: FlagName): boolean => read(catalog, name) === "1";

export const setFlag = (catalog: Catalog, name: FlagName, on: boolean): void => write(catalog, name, on ? "1" : "0");

/** When a service was last right, ISO 8601; undefined: never. */
export const getRightDate = (catalog: Catalog, service: ServiceName): string | undefined =>
  read(catalog, `right:${service}`);

export const setRightDate = (catalog: Catalog, service: ServiceName, date: string): void =>
  write(catalog, `right:${service}`, date);
