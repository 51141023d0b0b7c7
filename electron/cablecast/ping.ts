/** Asks a Cablecast server with few calls whether it can be worked with, for the health of the station. */
import { ArchivistError } from "../contract/errors.ts";
import type { CablecastClient } from "./client/client.ts";

type Asked = Pick<CablecastClient, "address" | "locations" | "version" | "vodConfigurations">;

/**
 * Checks that the server answers, accepts the credentials, and has the location.
 * @returns what was found, for people
 * @throws ArchivistError `cablecast.*`, `interrupted`
 */
export async function pingCablecast(client: Asked, location: number, signal?: AbortSignal): Promise<string> {
  // Lists are public on some servers; the version is for those who are signed in.
  const version = await client.version(signal);
  const locations = await client.locations(signal);
  const own = locations.find(({ id }) => id === location);
  if (own === undefined) {
    throw new ArchivistError("cablecast.not-found", {
      subject: client.address,
      cause: `there is no location ${location} on the server`,
      remedy: `Set cablecast.location to one of: ${locations.map(({ id }) => id).join(", ")}.`,
    });
  }
  return `${client.address} answers${version === undefined ? "" : `, version ${version}`}; location ${own.name ?? location}`;
}

/**
 * Checks that VODs can be made at the location.
 * @returns what was found, for people
 * @throws ArchivistError `cablecast.*`, `interrupted`
 */
export async function pingVodConfigurations(client: Asked, location: number, signal?: AbortSignal): Promise<string> {
  const own = (await client.vodConfigurations(signal)).filter((each) => each.location === location);
  if (own.length === 0) {
    throw new ArchivistError("cablecast.not-found", {
      subject: client.address,
      cause: "this location has no VOD configuration",
      remedy: "Make one in Cablecast's settings: no VOD can be made without.",
    });
  }
  return own.length === 1
    ? "1 VOD configuration for this location"
    : `${own.length} VOD configurations for this location`;
}
