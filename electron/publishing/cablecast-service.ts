/** What a person may ask about the Cablecast server. */
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

/** Looks step by step whether the server can be worked with. @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export function checkServer(services: StationServices, signal?: AbortSignal): Promise<readonly CheckStep[]> {
  const user = storedCredentials(services.secrets)?.user ?? "";
  return checkCablecast(connect(services), services.settings.cablecast.location, user, signal);
}

/** Keeps who may use the server. @throws ArchivistError `secret.*`, `disk.full` */
export function saveCredentials({ secrets }: StationServices, user: string, secret: string): Promise<void> {
  return storeCredentials(secrets, { user, secret });
}

export interface LinkState {
  readonly link: { readonly showId: number; readonly reason: string; readonly score: number } | undefined;
  readonly candidates: readonly LinkCandidate[];
}

/** Which show a recording is, and which it could be. */
export function getLinkState(services: StationServices, row: PublishableRow): LinkState {
  const server = findServer(services.catalog) ?? "";
  return {
    link: findLink(services.catalog, server, row.recordingId),
    candidates: linkCandidates(services.catalog, server, toLinkSubject(services, server, row)),
  };
}

/** So many are shown: nobody links more in one go. */
const maxUnlinked = 200;

/** Recordings that are linked to no show, with those that could be it. */
export function listUnlinked(services: StationServices): readonly (PublishableRow & Pick<LinkState, "candidates">)[] {
  const server = findServer(services.catalog) ?? "";
  return unlinkedTranscriptions(services.catalog, server)
    .slice(0, maxUnlinked)
    .map((row) => ({
      ...row,
      candidates: linkCandidates(services.catalog, server, toLinkSubject(services, server, row)),
    }));
}

/** Says which show a recording is. @throws ArchivistError `cablecast.not-found`, … */
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

/** Decides a field that both sides have changed. @throws ArchivistError `usage.invalid`, `publish.changed`, `cablecast.*` */
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
