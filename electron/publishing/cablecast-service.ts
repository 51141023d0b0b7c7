/** What a person may ask about the Cablecast server. */
import { type CheckStep, checkCablecast } from "../cablecast/check.ts";
import { connectCablecast, storeCredentials, storedCredentials } from "../cablecast/connect.ts";
import { settleConflict } from "../cablecast/metadata/reconcile.ts";
import { type LinkCandidate, linkCandidates } from "../cablecast/sync/link-recordings.ts";
import { fieldConflicts } from "../catalog/repositories/cablecast-metadata.ts";
import { knownServer } from "../catalog/repositories/cablecast-shows.ts";
import {
  linkOf,
  linkRecording,
  type PublishableRow,
  unlinkedTranscriptions,
} from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Workshop } from "../station-services.ts";
import { comparedOf } from "./synchronize.ts";

const connect = ({ settings, secrets, logs }: Workshop) =>
  connectCablecast({ settings: settings.cablecast, secrets, logger: logs.vod });

/** Looks step by step whether the server can be worked with. @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export function checkServer(workshop: Workshop, signal?: AbortSignal): Promise<readonly CheckStep[]> {
  const user = storedCredentials(workshop.secrets)?.user ?? "";
  return checkCablecast(connect(workshop), workshop.settings.cablecast.location, user, signal);
}

/** Keeps who may use the server. @throws ArchivistError `secret.*`, `disk.full` */
export function keepCredentials({ secrets }: Workshop, user: string, secret: string): Promise<void> {
  return storeCredentials(secrets, { user, secret });
}

export interface Linking {
  readonly link: { readonly showId: number; readonly reason: string; readonly score: number } | undefined;
  readonly candidates: readonly LinkCandidate[];
}

/** Which show a recording is, and which it could be. */
export function linkingOf(workshop: Workshop, row: PublishableRow): Linking {
  const server = knownServer(workshop.catalog) ?? "";
  return {
    link: linkOf(workshop.catalog, server, row.recordingId),
    candidates: linkCandidates(workshop.catalog, server, comparedOf(workshop, server, row)),
  };
}

/** So many are shown: nobody links more in one go. */
const mostUnlinked = 200;

/** Recordings that are linked to no show, with those that could be it. */
export function unlinked(workshop: Workshop): readonly (PublishableRow & Pick<Linking, "candidates">)[] {
  const server = knownServer(workshop.catalog) ?? "";
  return unlinkedTranscriptions(workshop.catalog, server)
    .slice(0, mostUnlinked)
    .map((row) => ({
      ...row,
      candidates: linkCandidates(workshop.catalog, server, comparedOf(workshop, server, row)),
    }));
}

/** Says which show a recording is. @throws ArchivistError `cablecast.not-found`, … */
export async function linkByHand(
  workshop: Workshop,
  row: PublishableRow,
  showId: number,
  by: string,
  signal?: AbortSignal,
): Promise<void> {
  const client = connect(workshop);
  await client.show(showId, signal);
  const { recordingId } = row;
  linkRecording(workshop.catalog, { server: client.address, recordingId, showId, reason: `by ${by}`, score: 1 });
}

/** Decides a field that both sides have changed. @throws ArchivistError `usage.invalid`, `publish.changed`, `cablecast.*` */
export async function decideConflict(
  workshop: Workshop,
  recordingId: string,
  field: string,
  side: "ours" | "theirs",
  signal?: AbortSignal,
): Promise<void> {
  const { catalog, settings, clock } = workshop;
  const client = connect(workshop);
  const conflict = fieldConflicts(catalog).find(
    (each) => each.recordingId === recordingId && each.field === field && each.server === client.address,
  );
  const link = linkOf(catalog, client.address, recordingId);
  if (conflict === undefined || link === undefined) {
    throw new ArchivistError("usage.invalid", { subject: field, cause: "there is nothing to decide about it" });
  }
  const parts = { client, catalog, settings: settings.cablecast, signal, now: clock.now().toISOString() };
  await settleConflict(parts, recordingId, link.showId, field, side);
}
