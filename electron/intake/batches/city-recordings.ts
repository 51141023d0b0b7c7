/** The recordings of cities in a range of dates: scans their shares, and inspects what was found. */
import type { RefusedFile } from "../../catalog/repositories/job-batches.ts";
import { changeShareFiles, listShareFiles, type ShareFileRow } from "../../catalog/repositories/share-files.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import type { CitySettings } from "../../contract/settings/cities.ts";
import { isSameName } from "../../platform/names.ts";
import { scanShare } from "../../shares/discovery/scan-share.ts";
import { enqueueFile, releaseCancelled } from "../enqueue.ts";
import { inspectFile } from "../inspect-share.ts";
import type { BatchDeps, CityBatchRequest, FoundRecordings } from "./batch-request.ts";

/** @throws ArchivistError `city.unknown`, `share.none`, `interrupted` */
export async function findCityRecordings(deps: BatchDeps, request: CityBatchRequest): Promise<FoundRecordings> {
  const { services, jobService, monitor } = deps;
  const { catalog, settings } = services;
  const { since, until, settings: options } = request;
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
    states: ["new", "ready", "known", ...(options.force ? (["done", "refused"] as const) : [])],
    cities: names,
    timeZone: settings.schedules.timeZone,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  });
  const whole: ShareFileRow[] = [];
  for (const file of found) {
    const reason = await validate(deps, file);
    if (reason === undefined) whole.push(file);
    else refused.push({ city: file.city, path: `${file.share}: ${file.path}`, reason });
  }
  return {
    name: formatName(request.cities.length === 0 ? ["All cities"] : names, since, until),
    refused,
    count: whole.length,
    submit: (batchId) =>
      whole.flatMap((file) => enqueueFile({ services, jobService }, file, { ...options, batchId }) ?? []),
  };
}

/** `Oakdale, Lake Elmo 2026-03-01 to 2026-04-01`; the second date is the first day that is not in it. */
function formatName(cities: readonly string[], since: string | undefined, until: string | undefined): string {
  const range =
    since === undefined ? (until === undefined ? "" : `before ${until}`) : `${since}${until ? ` to ${until}` : ""}`;
  return `${cities.join(", ")} ${range}`.trim();
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
