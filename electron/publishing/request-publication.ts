/** Publishing that somebody asks for: checked at once, and put into the queue. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { addChange, findFacts, storeFacts } from "../catalog/repositories/meeting-facts.ts";
import { publishedVods } from "../catalog/repositories/publications.ts";
import { type PublishableRow, requirePublishable } from "../catalog/repositories/publishing.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { submitPublication } from "./auto-publish.ts";
import { getPublicationFingerprint } from "./publication.ts";
import { requirePublishChecks } from "./publish-checks.ts";
import { type PublishOptions, publishOptionsSchema, withLastingOptions } from "./publish-options.ts";

type Services = Pick<StationServices, "catalog" | "settings" | "clock">;

/** Stores a date that somebody has entered for a publication: from then on it is the meeting's, wherever it is shown. */
export function keepRequestedDate(
  { catalog, clock }: Pick<StationServices, "catalog" | "clock">,
  row: PublishableRow,
  { date }: PublishOptions,
): void {
  if (date === undefined) return;
  catalog.transaction(() => {
    const facts = findFacts(catalog, row.id);
    if (facts === undefined || facts.date === date) return;
    storeFacts(catalog, row.id, { ...facts, date, set: new Set([...facts.set, "date"]) });
    const fields = [{ field: "date" as const, before: facts.date, after: date }];
    addChange(catalog, row.id, { kind: "changed", fields, madeBy: "Publishing", madeDate: clock.now().toISOString() });
  });
}

/** The newest publication of a meeting on the target of a request, and the options with those that it has left. */
export function findEarlierPublication({ catalog, settings }: Services, row: PublishableRow, options: PublishOptions) {
  const target = options.target ?? settings.publishing.target;
  const before = publishedVods(catalog).find(
    (each) => each.recordingId === row.recordingId && each.target === target && each.status === "published",
  );
  const request = before === undefined ? {} : { server: before.server };
  return { before, checks: { ...request, options: withLastingOptions(options, before?.options) } };
}

/**
 * Submits the publication of a transcription that a user has named.
 * @param id the transcription's id or a prefix of it
 * @throws ArchivistError `meeting.unknown`, `publish.blocked`, `publish.outdated`, `publish.running`, `queue.full`
 */
export async function requestPublication(
  services: Services,
  jobService: JobService,
  id: string,
  options: PublishOptions = {},
): Promise<JobRow> {
  const row = requirePublishable(services.catalog, id);
  const { checks } = findEarlierPublication(services, row, options);
  requirePublishChecks(services, row, checks);
  const { expected } = options;
  if (expected !== undefined && (await getPublicationFingerprint(services, row, checks.options)) !== expected) {
    throw new ArchivistError("publish.outdated", { subject: row.filename });
  }
  const { job, isNew } = submitPublication(jobService, row, options);
  // Options that an open job does not have would be dropped without a word.
  if (!isNew && !isSameRequest(job, options)) throw new ArchivistError("publish.running", { subject: row.filename });
  keepRequestedDate(services, row, options);
  return job;
}

function isSameRequest(job: JobRow, options: PublishOptions): boolean {
  const payload: unknown = JSON.parse(job.payload);
  const { transcriptionId: _, ...stored } = payload as { readonly transcriptionId?: unknown };
  const known = publishOptionsSchema.safeParse(stored).data ?? {};
  const normal = ({ expected: _expected, ...others }: PublishOptions): string =>
    JSON.stringify(Object.entries(others).toSorted(([a], [b]) => a.localeCompare(b)));
  return normal(known) === normal(options);
}
