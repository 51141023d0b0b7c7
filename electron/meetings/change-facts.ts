/** Changes what is known of a meeting: stores it with its log, and lets files, rules and publication follow. */
import { dirname } from "node:path";
import {
  addChange,
  findFacts,
  releaseChosenFields,
  type StoredFacts,
  storeFacts,
} from "../catalog/repositories/meeting-facts.ts";
import { findPublicationsOfRecording } from "../catalog/repositories/publications.ts";
import { type PublishableRow, requirePublishable } from "../catalog/repositories/publishing.ts";
import { supersedeFiles } from "../catalog/repositories/superseded-files.ts";
import { findTranscription } from "../catalog/repositories/transcriptions.ts";
import { ArchivistError, toArchivistError } from "../contract/errors.ts";
import {
  type ChangedField,
  describeFactFault,
  type FactChanges,
  factChangesSchema,
  type MeetingFactName,
} from "../contract/meeting-facts.ts";
import type { EditingService } from "../editing/editing-service.ts";
import { submitExport } from "../editing/export/submit-export.ts";
import { isSameName } from "../platform/names.ts";
import { submitPublication } from "../publishing/auto-publish.ts";
import { findCityOfRecording } from "../publishing/metadata.ts";
import { listPublishObstacles } from "../publishing/publish-checks.ts";
import type { JobService } from "../queue/job-service.ts";
import { readFileName } from "../shares/discovery/file-name.ts";
import type { StationServices } from "../station-services.ts";
import { newOutputFolder } from "../transcription/output-folder.ts";
import { applyChanges } from "./apply-changes.ts";
import { followCity } from "./follow-city.ts";
import { findWantedFolder } from "./output-folder.ts";

export interface MeetingDeps {
  readonly station: StationServices;
  readonly jobService: JobService;
  /** Meetings that are open here. */
  readonly editing: Pick<EditingService, "isInWindow" | "release">;
}

export interface FactsOutcome {
  readonly fields: readonly ChangedField[];
  /** The job that writes its files anew; undefined: they stay as they are. */
  readonly exportJobId: string | undefined;
  /** Jobs that publish it again. */
  readonly publishJobIds: readonly string[];
  /** True if viewers get older facts until it is published again. */
  readonly isPublicationOlder: boolean;
}

/**
 * Parses a change as users and programs write it.
 * @throws ArchivistError `meeting.invalid` with the name of the fact
 */
export function parseFactChanges(input: unknown): FactChanges {
  const fault = describeFactFault(input);
  if (fault !== undefined) throw new ArchivistError("meeting.invalid", { cause: fault });
  return factChangesSchema.parse(input);
}

/**
 * Changes facts of a meeting.
 * @param id its id or a prefix of it
 * @param by name of the user
 * @throws ArchivistError `meeting.unknown`, `meeting.deleted`, `queue.full`
 */
export async function changeFacts(
  deps: MeetingDeps,
  id: string,
  changes: FactChanges,
  by: string,
): Promise<FactsOutcome> {
  const { station, jobService } = deps;
  const { catalog, clock, settings } = station;
  const row = requirePublishable(catalog, id);
  const known = settings.cities.members.find(({ name }) => isSameName(name, changes.city));
  const wanted: FactChanges = known === undefined ? changes : { ...changes, city: known.name };
  const plan = () => planChange(station, row, wanted);
  const planned = plan();
  if (planned.fields.length === 0) {
    return { fields: [], exportJobId: undefined, publishJobIds: [], isPublicationOlder: false };
  }
  const outputFolder = await findNewFolder(station, row, planned);
  // Nothing is awaited in between: what is logged is what was there before.
  const { facts, fields } = catalog.transaction(() => {
    const now = plan();
    storeFacts(catalog, row.id, { ...now.facts, outputFolder });
    addChange(catalog, row.id, {
      kind: "changed",
      fields: now.fields,
      madeBy: by,
      madeDate: clock.now().toISOString(),
    });
    const old = findTranscription(catalog, row.id)?.outputFolder;
    if (outputFolder !== undefined && planned.oldFolder !== undefined && old === outputFolder) {
      supersedeFiles(catalog, row.id, (path) => dirname(path) === planned.oldFolder);
    }
    releaseChosenFields(catalog, row.recordingId, listServerFields(station, row, now.fields));
    return now;
  });
  const changed = requirePublishable(catalog, row.id);
  const isOtherCity = fields.some(({ field }) => field === "city");
  if (isOtherCity) {
    // It is opened with the rules of its city; a window that shows it follows when it is opened again.
    deps.editing.release(row.id);
    await followCity(station, changed);
  }
  const isFinished = changed.status === "completed" || changed.status === "needs_review";
  const exportJobId =
    isFinished && (isOtherCity || outputFolder !== undefined)
      ? submitExport({ services: station, jobService }, changed).job.id
      : undefined;
  station.logger.info("the facts of a meeting were changed", { id: row.id, title: facts.title });
  return { fields, exportJobId, ...publishAgain(deps, changed) };
}

interface PlannedChange {
  readonly before: StoredFacts;
  readonly facts: StoredFacts;
  readonly fields: readonly ChangedField[];
  readonly oldFolder: string | undefined;
}

function planChange(station: StationServices, row: PublishableRow, changes: FactChanges): PlannedChange {
  const before = findFacts(station.catalog, row.id);
  if (before === undefined) throw new ArchivistError("meeting.unknown", { subject: row.id });
  const patterns = findCityOfRecording(station, row)?.namePatterns;
  const { title } = readFileName(before.filename, patterns);
  const oldFolder = findTranscription(station.catalog, row.id)?.outputFolder;
  return { before, oldFolder, ...applyChanges(before, changes, title) };
}

/** The folder to which the files move; undefined: they stay. */
async function findNewFolder(
  station: StationServices,
  row: PublishableRow,
  { before, facts }: PlannedChange,
): Promise<string | undefined> {
  const wanted = findWantedFolder(station, row, facts);
  if (wanted === findWantedFolder(station, row, before)) return undefined;
  const { catalog, onShare } = station;
  // A share that does not answer is not asked, as one that is away.
  return onShare(wanted, () => newOutputFolder(catalog, wanted)).catch((thrown: unknown) => {
    if (toArchivistError(thrown).code !== "share.hung") throw thrown;
    return newOutputFolder(catalog, wanted, true);
  });
}

/** Fields of a server that a fact goes into. */
const serverFields: Partial<Record<MeetingFactName, string>> = {
  title: "title",
  date: "date",
  description: "description",
};

function listServerFields(
  station: StationServices,
  row: PublishableRow,
  fields: readonly ChangedField[],
): readonly string[] {
  const tagField = findCityOfRecording(station, row)?.cablecast.tagField;
  return fields.flatMap(({ field }) => {
    if (field === "tags") return tagField == null ? [] : [`custom:${tagField}`];
    return serverFields[field] ?? [];
  });
}

/** What was published follows by itself where publishing is automatic and nothing keeps it back. */
function publishAgain(
  { station, jobService }: MeetingDeps,
  row: PublishableRow,
): Pick<FactsOutcome, "publishJobIds" | "isPublicationOlder"> {
  const published = findPublicationsOfRecording(station.catalog, row.recordingId);
  if (published.length === 0) return { publishJobIds: [], isPublicationOlder: false };
  if (!station.settings.publishing.automatic || listPublishObstacles(station, row).length > 0) {
    return { publishJobIds: [], isPublicationOlder: true };
  }
  const publishJobIds = published.map(({ target }) => submitPublication(jobService, row, { target }).job.id);
  return { publishJobIds, isPublicationOlder: false };
}
