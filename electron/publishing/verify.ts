/** Verifies a publication whose result could not be confirmed when it was published. */
import { type PublishedRow, publishedVods, saveVerification } from "../catalog/repositories/publications.ts";
import { listPublishableByPrefix } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { makePublication } from "./publication.ts";
import { parseStoredOptions } from "./publish-options.ts";
import { openTarget } from "./targets.ts";

/**
 * Verifies what viewers get.
 * @param id row id of the publication
 * @returns A description of the result
 * @throws ArchivistError `publish.unknown`, `cablecast.*`, `interrupted`
 */
export async function verifyPublication(services: StationServices, id: number, signal?: AbortSignal): Promise<string> {
  const { catalog, clock } = services;
  const published = publishedVods(catalog).find((row) => row.id === id && row.status === "published");
  const [row] = published === undefined ? [] : listPublishableByPrefix(catalog, published.transcriptionId);
  if (published === undefined || row === undefined) throw new ArchivistError("publish.unknown");
  const target = openTarget(services, published.target, { signal });
  requireSameServer(published, target.server);
  const publication = await makePublication(services, target.server, row, parseStoredOptions(published.options));
  const { vodId, showId } = published;
  const { verified, detail, missing } = await target.verify(publication, { vodId, showId: showId ?? undefined });
  saveVerification(catalog, id, verified, missing, clock.now().toISOString());
  return detail;
}

/** Ids are only valid on the server that issued them. */
function requireSameServer({ server }: PublishedRow, actual: string): void {
  if (server === actual) return;
  throw new ArchivistError("publish.unknown", {
    cause: `it was published on ${server}, and the server is ${actual} now`,
  });
}
