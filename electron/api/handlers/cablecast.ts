/** Procedures for the Cablecast server: its shows, links to recordings and metadata conflicts. */
import { settingsOnDisk } from "../../administration/settings-service.ts";
import { fieldConflicts } from "../../catalog/repositories/cablecast-metadata.ts";
import { findSyncState, listShows } from "../../catalog/repositories/cablecast-shows.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import {
  checkServer,
  getLinkState,
  linkByHand,
  listUnlinked,
  resolveConflict,
  saveCredentials,
} from "../../publishing/cablecast-service.ts";
import { submitSync } from "../../publishing/sync-job.ts";
import { done, os } from "../implement.ts";

const candidate = <T extends { readonly reasons: readonly string[] }>(each: T) => ({
  ...each,
  reasons: [...each.reasons],
});
const plain = (value: string | number | null | readonly (string | number)[]) =>
  Array.isArray(value) ? [...(value as readonly (string | number)[])] : (value as string | number | null);

export const cablecast = os.cablecast.router({
  shows: os.cablecast.shows.handler(({ input, context }) => {
    const { catalog, settings } = context.services.station;
    const { search, limit, offset } = input;
    const { total, shows } = listShows(catalog, { ...(search === undefined ? {} : { search }), limit, offset });
    return {
      total,
      shows: shows.map(({ cablecastId, title, eventDate, category, hasCaptions, vodState, views, recordingId }) => ({
        id: cablecastId,
        title,
        eventDate,
        category,
        hasCaptions,
        vodState,
        views,
        recordingId,
      })),
      checkedDate: findSyncState(catalog, settings.cablecast.location)?.checkedDate ?? null,
      isSetUp: settings.cablecast.url !== null,
    };
  }),
  sync: os.cablecast.sync.handler(({ input, context }) => {
    const { job, isNew } = submitSync(context.services.runtime.jobService, input.full);
    return { jobId: job.id, isNew };
  }),
  unlinked: os.cablecast.unlinked.handler(({ context }) =>
    listUnlinked(context.services.station).map(({ id, filename, city, candidates }) => ({
      transcriptionId: id,
      filename,
      city,
      candidates: candidates.map(candidate),
    })),
  ),
  candidates: os.cablecast.candidates.handler(({ input, context }) => {
    const { link, candidates } = getLinkState(
      context.services.station,
      requirePublishable(context.services.station.catalog, input.id),
    );
    return { link: link ?? null, candidates: candidates.map(candidate) };
  }),
  link: os.cablecast.link.handler(async ({ input, context, signal }) => {
    const row = requirePublishable(context.services.station.catalog, input.transcriptionId);
    await linkByHand(context.services.station, row, input.showId, context.person()?.username ?? "hand", signal);
    return done;
  }),
  conflicts: os.cablecast.conflicts.handler(({ context }) =>
    fieldConflicts(context.services.station.catalog).map(
      ({ recordingId, filename, field, ours, oursDate, theirs, theirsDate }) => ({
        recordingId,
        filename,
        field,
        ours: plain(ours),
        oursDate,
        theirs: plain(theirs),
        theirsDate,
      }),
    ),
  ),
  resolve: os.cablecast.resolve.handler(async ({ input, context, signal }) => {
    const { recordingId, field, side } = input;
    await resolveConflict(context.services.station, recordingId, field, side, signal);
    return done;
  }),
  check: os.cablecast.check.handler(async ({ context, signal }) => {
    const steps = await checkServer(context.services.station, signal);
    return { steps: steps.map(({ remedy, ...step }) => ({ ...step, remedy: remedy ?? null })) };
  }),
  login: os.cablecast.login.handler(async ({ input, context }) => {
    const { station, environment } = context.services;
    const { cablecast: next } = settingsOnDisk(station.folder.settingsFile, environment);
    await saveCredentials(station, input.user, input.secret, next.url);
    return done;
  }),
});
