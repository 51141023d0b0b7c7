/** Looks again whether viewers get what was made, where that could not be shown when it was published. */
import { keepVerified, type PublishedRow, publishedVods } from "../catalog/repositories/publications.ts";
import { publishableByPrefix } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Workshop } from "../station-services.ts";
import { makePublication } from "./publication.ts";
import { storedWish } from "./publish-options.ts";
import { openTarget } from "./targets.ts";

/**
 * @param id of what was published
 * @returns What was found, in words
 * @throws ArchivistError `publish.unknown`, `cablecast.*`, `interrupted`
 */
export async function verifyLater(workshop: Workshop, id: number, signal?: AbortSignal): Promise<string> {
  const { catalog, clock } = workshop;
  const published = publishedVods(catalog).find((row) => row.id === id && row.status === "published");
  const [row] = published === undefined ? [] : publishableByPrefix(catalog, published.transcriptionId);
  if (published === undefined || row === undefined) throw new ArchivistError("publish.unknown");
  const target = openTarget(workshop, published.target, { signal });
  requireSameServer(published, target.server);
  const publication = await makePublication(workshop, target.server, row, storedWish(published.wish));
  const { vodId, showId } = published;
  const { verified, detail, missing } = await target.verify(publication, { vodId, showId: showId ?? undefined });
  keepVerified(catalog, id, verified, missing, clock.now().toISOString());
  return detail;
}

/** Ids mean something on one server only. */
function requireSameServer({ server }: PublishedRow, actual: string): void {
  if (server === actual) return;
  throw new ArchivistError("publish.unknown", {
    cause: `it was published on ${server}, and the server is ${actual} now`,
  });
}
