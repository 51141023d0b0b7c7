/**
 * Creates a batch: scans the shares of cities for recordings in a date range, inspects them, and queues them together.
 */
import { addBatch, type BatchRow, type RefusedFile } from "../../catalog/repositories/job-batches.ts";
import { changeShareFiles, listShareFiles, type ShareFileRow } from "../../catalog/repositories/share-files.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { TargetStage } from "../../contract/jobs.ts";
import type { CitySettings } from "../../contract/settings/cities.ts";
import { isSameName } from "../../platform/names.ts";
import type { JobService } from "../../queue/job-service.ts";
import { scanShare } from "../../shares/discovery/scan-share.ts";
import type { ShareMonitor } from "../../shares/health/monitor.ts";
import type { ShareProbe } from "../../shares/share-probe.ts";
import type { StationServices } from "../../station-services.ts";
import { enqueueFile, releaseCancelled } from "../enqueue.ts";
import { inspectFile } from "../inspect-share.ts";

export interface BatchRequest {
  readonly name?: string | undefined;
  /** Names of cities; empty: all. */
  readonly cities: readonly string[];
  /** Meetings from this date on, `2026-03-02`. */
  readonly since?: string | undefined;
  /** Meetings before this date. */
  readonly until?: string | undefined;
  readonly target?: TargetStage | undefined;
  readonly priority?: number | undefined;
  /** Include recordings that were processed before. */
  readonly again?: boolean | undefined;
}

export interface BatchDeps {
  readonly services: StationServices;
  readonly jobService: JobService;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  readonly signal?: AbortSignal | undefined;
  /** Called for each file that is inspected. */
  readonly onFile?: (path: string) => void;
}

export interface CreatedBatch {
  readonly batch: BatchRow;
  readonly jobs: readonly string[];
  readonly refused: readonly RefusedFile[];
}

/**
 * Creates a batch and queues its jobs.
 * @throws ArchivistError `city.unknown`, `batch.empty`, `queue.full` (nothing is queued then), `share.none`
 */
export async function createBatch(deps: BatchDeps, request: BatchRequest): Promise<CreatedBatch> {
  const { services, jobService, monitor } = deps;
  const { catalog, clock, settings } = services;
  const cities = chosenCities(settings.cities.members, request.cities);
  const refused: RefusedFile[] = [];
  const labels = new Set(cities.flatMap(({ shares }) => shares));
  for (const share of monitor.shares.filter(({ label }) => labels.has(label))) {
    const failure = await scanForBatch(deps, share.label);
    if (failure !== undefined) refused.push({ city: null, path: share.path, reason: failure });
  }
  const names = cities.map(({ name }) => name);
  releaseCancelled(services);
  const found = listShareFiles(catalog, {
    states: ["new", "ready", "known", ...(request.again ? (["done", "refused"] as const) : [])],
    cities: names,
    timeZone: settings.schedules.timeZone,
    ...(request.since === undefined ? {} : { since: request.since }),
    ...(request.until === undefined ? {} : { until: request.until }),
  });
  const whole: ShareFileRow[] = [];
  for (const file of found) {
    const reason = await validate(deps, file);
    if (reason === undefined) whole.push(file);
    else refused.push({ city: file.city, path: `${file.share}: ${file.path}`, reason });
  }
  if (whole.length === 0) throw emptyBatch(refused);
  const room = jobService.room();
  if (whole.length > room) {
    const cause = `the batch has ${whole.length} recordings, and the queue has room for ${room}`;
    throw new ArchivistError("queue.full", { cause });
  }
  return catalog.transaction(() => {
    const name = request.name ?? `${names.join(", ")} ${request.since ?? ""}`.trim();
    const batch = addBatch(catalog, { name, request, refused, createdDate: clock.now().toISOString() });
    const more = {
      batchId: batch.id,
      ...(request.target === undefined ? {} : { target: request.target }),
      ...(request.priority === undefined ? {} : { priority: request.priority }),
      ...(request.again === undefined ? {} : { force: request.again }),
    };
    const jobs = whole.flatMap((file) => enqueueFile({ services, jobService }, file, more) ?? []);
    return { batch, jobs, refused };
  });
}

function chosenCities(all: readonly CitySettings[], names: readonly string[]): readonly CitySettings[] {
  if (all.length === 0) throw new ArchivistError("share.none");
  if (names.length === 0) return all;
  return names.map((name) => {
    const city = all.find((each) => isSameName(each.name, name));
    if (city !== undefined) return city;
    const known = all.map((each) => each.name).join(", ");
    throw new ArchivistError("city.unknown", { subject: name, remedy: `Use one of: ${known}.` });
  });
}

/** @returns Why a share could not be scanned; undefined if it was */
async function scanForBatch(deps: BatchDeps, label: string): Promise<string | undefined> {
  const { services, monitor, probe, signal } = deps;
  const { catalog, settings, clock } = services;
  const share = monitor.shares.find((each) => each.label === label);
  if (share === undefined) return undefined;
  const health = await monitor.check(share);
  if (!health.isReadable) return health.message;
  try {
    const { intake, cities } = settings;
    await scanShare({ catalog, probe, share, intake, cities: cities.members, now: clock.now(), signal });
    return undefined;
  } catch (thrown) {
    const error = toArchivistError(thrown);
    if (error.code === "interrupted") throw error;
    return error.reason;
  }
}

/** Inspects a file. @returns Why it is refused; undefined if it is accepted */
async function validate(deps: BatchDeps, file: ShareFileRow): Promise<string | undefined> {
  const { services, monitor, probe, signal, onFile } = deps;
  const share = monitor.shares.find(({ label }) => label === file.share);
  if (share === undefined) return "its share is no longer in the settings";
  if (signal?.aborted) throw new ArchivistError("interrupted");
  if (file.state === "ready" || file.state === "done") return undefined;
  onFile?.(`${file.share}: ${file.path}`);
  const { state, ...found } = await inspectFile({ services, probe, share, signal }, file);
  // Until the whole batch is in the queue, the file keeps the state of one that was not submitted.
  const kept = state === "ready" ? found : { ...found, ...(state === undefined ? {} : { state }) };
  changeShareFiles(services.catalog, [{ id: file.id, change: kept }]);
  return state === "ready" ? undefined : (found.reason ?? "it is not a whole recording");
}

function emptyBatch(refused: readonly RefusedFile[]): ArchivistError {
  if (refused.length === 0) return new ArchivistError("batch.empty");
  const [first] = refused;
  const more = refused.length > 1 ? `, and ${refused.length - 1} more` : "";
  return new ArchivistError("batch.empty", {
    cause: `none of the recordings that were found can be taken (${first?.path}: ${first?.reason}${more})`,
  });
}
