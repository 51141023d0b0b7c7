/** Publishing of many meetings at once: what will happen with each, and why some are left out. */
import { listPublishableByPrefix, type PublishableRow } from "../catalog/repositories/publishing.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import type { JobService } from "../queue/job-service.ts";
import type { StationServices } from "../station-services.ts";
import { collectMetadata } from "./metadata.ts";
import { toListTitle } from "./publication.ts";
import { listPublishObstacles } from "./publish-checks.ts";
import type { PublishOptions } from "./publish-options.ts";
import { findEarlierPublication, requestPublication } from "./request-publication.ts";

type Services = Pick<StationServices, "catalog" | "settings" | "clock">;

export interface PlannedPublication {
  readonly id: string;
  /** Title as it is published; the file's name where the meeting is unknown. */
  readonly title: string;
  readonly filename: string;
  readonly city: string | null;
  /** `2026-03-02`; null: not known. */
  readonly date: string | null;
  /** It is published already: what has changed is sent again. */
  readonly isPublished: boolean;
  /** Why it is left out; empty: it is published. */
  readonly reasons: readonly string[];
}

/**
 * Says for each of several meetings what publishing would do. Meetings beyond the size of a batch are left out, so that the
 * first ones are published first.
 * @param ids of transcriptions, or the beginning of them; one that comes twice is published once
 */
export function planPublications(
  services: Services,
  ids: readonly string[],
  options: PublishOptions = {},
): readonly PlannedPublication[] {
  const { batchSize } = services.settings.publishing;
  const taken = new Set<string>();
  const hasRoom = (id: string): boolean => taken.has(id) || (taken.size < batchSize && taken.add(id) !== undefined);
  return ids.map((id) => {
    const row = findRow(services, id);
    if (row === undefined) {
      const { reason } = new ArchivistError("meeting.unknown", { subject: id });
      return { id, title: id, filename: id, city: null, date: null, isPublished: false, reasons: [reason] };
    }
    const { before, checks } = findEarlierPublication(services, row, options);
    const { metadata, city } = collectMetadata(services, before?.server ?? "", row, checks.options);
    const obstacles = listPublishObstacles(services, row, checks);
    const reasons = obstacles.length > 0 || hasRoom(row.id) ? obstacles : [describeFullBatch(batchSize)];
    return {
      id,
      title: toListTitle(metadata.publicTitle, metadata.date),
      filename: row.filename,
      city: city?.name ?? row.city,
      date: metadata.date,
      isPublished: before !== undefined,
      reasons,
    };
  });
}

const describeFullBatch = (batchSize: number): string =>
  `it is beyond the ${batchSize} meetings of one batch: publish it with the next one`;

function findRow({ catalog }: Services, id: string): PublishableRow | undefined {
  const [row, second] = listPublishableByPrefix(catalog, id);
  return second === undefined ? row : undefined;
}

export interface SubmittedPublication {
  readonly plan: PlannedPublication;
  /** Undefined: it was left out. */
  readonly jobId: string | undefined;
  /** Why it was left out. */
  readonly error: ArchivistError | undefined;
}

/** Submits the publication of several meetings; one that may not be published keeps none of the others from it. */
export async function submitPublications(
  services: Services,
  jobService: JobService,
  ids: readonly string[],
  options: PublishOptions = {},
): Promise<readonly SubmittedPublication[]> {
  const submit = async (plan: PlannedPublication): Promise<SubmittedPublication> => {
    try {
      if (plan.reasons.length > 0) {
        const isUnknown = findRow(services, plan.id) === undefined;
        throw isUnknown
          ? new ArchivistError("meeting.unknown", { subject: plan.id })
          : new ArchivistError("publish.blocked", { subject: plan.filename, cause: plan.reasons.join(", and ") });
      }
      const { id: jobId } = await requestPublication(services, jobService, plan.id, options);
      return { plan, jobId, error: undefined };
    } catch (thrown) {
      return { plan, jobId: undefined, error: toArchivistError(thrown) };
    }
  };
  const submitted: SubmittedPublication[] = [];
  for (const plan of planPublications(services, ids, options)) submitted.push(await submit(plan));
  return submitted;
}
