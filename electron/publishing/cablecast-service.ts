/** Cablecast operations for users: connection check, credentials, links to shows, and metadata conflicts. */
import { type CheckStep, checkCablecast } from "../cablecast/check.ts";
import { connectCablecast, storeCredentials, storedCredentials } from "../cablecast/connect.ts";
import { settleConflict } from "../cablecast/metadata/reconcile.ts";
import { type LinkCandidate, linkCandidates } from "../cablecast/sync/link-recordings.ts";
import { fieldConflicts } from "../catalog/repositories/cablecast-metadata.ts";
import { findServer } from "../catalog/repositories/cablecast-shows.ts";
import {
  findLink,
  linkRecording,
  type PublishableRow,
  unlinkedTranscriptions,
} from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { StationServices } from "../station-services.ts";
import { toLinkSubject } from "./synchronize.ts";

const connect = ({ settings, secrets, logs }: StationServices) =>
  connectCablecast({ settings: settings.cablecast, secrets, logger: logs.vod });

/** Checks step by step whether the server can be used. @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export function checkServer(services: StationServices, signal?: AbortSignal): Promise<readonly CheckStep[]> {
  const user = storedCredentials(services.secrets)?.user ?? "";
  return checkCablecast(connect(services), services.settings.cablecast.location, user, signal);
}

/**
 * Stores the server credentials, for the server in the settings and no other.
 * @param url of the server, as it is after the next start
 * @throws ArchivistError `secret.*`, `disk.full`
 */
export function saveCredentials(
  { secrets }: StationServices,
  user: string,
  secret: string,
  url: string | null,
): Promise<void> {
  return storeCredentials(secrets, { user, secret }, url);
}

export interface LinkState {
  readonly link: { readonly showId: number; readonly reason: string; readonly score: number } | undefined;
  readonly candidates: readonly LinkCandidate[];
}

/** The show that a recording is linked to, and the candidates. */
export function getLinkState(services: StationServices, row: PublishableRow): LinkState {
  const server = findServer(services.catalog) ?? "";
  return {
    link: findLink(services.catalog, server, row.recordingId),
    candidates: linkCandidates(services.catalog, server, toLinkSubject(services, server, row)),
  };
}

/** Maximum number listed: users do not link more in one session. */
const maxUnlinked = 200;

/** Recordings that are not linked to a show, with their candidates. */
export function listUnlinked(services: StationServices): readonly (PublishableRow & Pick<LinkState, "candidates">)[] {
  const server = findServer(services.catalog) ?? "";
  return unlinkedTranscriptions(services.catalog, server)
    .slice(0, maxUnlinked)
    .map((row) => ({
      ...row,
      candidates: linkCandidates(services.catalog, server, toLinkSubject(services, server, row)),
    }));
}

/** Links a recording to a show that a user has chosen. @throws ArchivistError `cablecast.not-found`, … */
export async function linkByHand(
  services: StationServices,
  row: PublishableRow,
  showId: number,
  by: string,
  signal?: AbortSignal,
): Promise<void> {
  const client = connect(services);
  await client.show(showId, signal);
  const { recordingId } = row;
  linkRecording(services.catalog, { server: client.address, recordingId, showId, reason: `by ${by}`, score: 1 });
}

/**
 * Resolves a field that both sides have changed.
 * @throws ArchivistError `usage.invalid`, `publish.changed`, `cablecast.*`
 */
export async function resolveConflict(
  services: StationServices,
  recordingId: string,
  field: string,
  side: "ours" | "theirs",
  signal?: AbortSignal,
): Promise<void> {
  const { catalog, settings, clock } = services;
  const client = connect(services);
  const conflict = fieldConflicts(catalog).find(
    (each) => each.recordingId === recordingId && each.field === field && each.server === client.address,
  );
  const link = findLink(catalog, client.address, recordingId);
  if (conflict === undefined || link === undefined) {
    throw new ArchivistError("usage.invalid", { subject: field, cause: "there is nothing to decide about it" });
  }
  const deps = { client, catalog, settings: settings.cablecast, signal, now: clock.now().toISOString() };
  await settleConflict(deps, recordingId, link.showId, field, side);
}
