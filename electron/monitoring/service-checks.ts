/** How each service of the station is asked whether it works. */

import { connectCablecast } from "../cablecast/connect.ts";
import { pingCablecast, pingVodConfigurations } from "../cablecast/ping.ts";
import { minuteMs, secondMs } from "../captions/time/durations.ts";
import { inspectCatalog } from "../catalog/inspect.ts";
import { getRightDate, setRightDate } from "../catalog/repositories/flags.ts";
import { hasRunningJob } from "../catalog/repositories/job-runs.ts";
import { countByState } from "../catalog/repositories/jobs.ts";
import { readStationConfig } from "../config/station-config.ts";
import { toArchivistError } from "../contract/errors.ts";
import type { ServiceName } from "../contract/services.ts";
import { rememberFor } from "../platform/remember-for.ts";
import { findTargetFault } from "../publishing/targets.ts";
import type { JobService } from "../queue/job-service.ts";
import { judgeShare } from "../shares/health/judge.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import type { ShareProbe } from "../shares/share-probe.ts";
import type { StationServices } from "../station-services.ts";
import {
  type CheckResult,
  checkDataFolder,
  checkMediaTools,
  checkModels,
  checkNode,
  checkSpeechEngine,
  shareFinding,
} from "./doctor.ts";
import type { RightDates, ServiceCheck, ServiceFinding } from "./service-health.ts";

export interface ServiceCheckDeps {
  readonly services: StationServices;
  readonly jobService: Pick<JobService, "isPaused">;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
}

/** Longest time for one call to a server that is asked. */
const callSeconds = 10;
/** Above this number of jobs the legacy product called its queue degraded. */
const manyJobs = 50;
/** Starting the speech engine takes seconds, so that one that works is not asked again at once. */
const engineMs = 10 * minuteMs;

export function createServiceChecks(deps: ServiceCheckDeps): Readonly<Record<ServiceName, ServiceCheck>> {
  const { services, monitor, probe, jobService } = deps;
  const now = (): number => services.clock.monotonicMs();
  const askEngine = rememberFor(engineMs, () => askSpeechEngine(services), now, isWell);
  return {
    cablecast: { freshMs: minuteMs, ask: (signal) => askCablecast(services, signal) },
    vod: { freshMs: minuteMs, ask: (signal) => askTarget(services, probe, signal) },
    webhooks: { freshMs: minuteMs, ask: () => ({ status: "unused", detail: "no other program is called" }) },
    storage: { freshMs: 5 * secondMs, ask: () => askStorage(services, monitor) },
    database: { freshMs: 5 * secondMs, ask: () => askDatabase(services) },
    queue: { freshMs: 0, ask: () => askQueue(services, jobService) },
    speech: {
      freshMs: minuteMs,
      ask: async () =>
        summarize([...checkModels(services).filter(({ name }) => name === "Speech model"), ...(await askEngine())]),
    },
    system: { freshMs: minuteMs, ask: () => askSystem(services) },
  };
}

/** When each service was last right, in the catalog. */
export const createRightDates = ({ catalog }: Pick<StationServices, "catalog">): RightDates => ({
  get: (name) => getRightDate(catalog, name),
  set: (name, date) => setRightDate(catalog, name, date),
});

const unused: ServiceFinding = { status: "unused", detail: "no Cablecast server is set up" };

/** A client that answers soon: a server that has to be asked again is not well. */
function connectForOnce({ settings: { cablecast }, secrets, logs }: StationServices) {
  const timeoutSeconds = Math.min(cablecast.timeoutSeconds, callSeconds);
  return connectCablecast({ settings: { ...cablecast, timeoutSeconds, attempts: 1 }, secrets, logger: logs.vod });
}

/** What went wrong is said of the server, not of the call that found it. */
async function askServer(url: string, ping: () => Promise<string>): Promise<ServiceFinding> {
  try {
    return { status: "ok", detail: await ping() };
  } catch (thrown) {
    throw toArchivistError(thrown).about(url);
  }
}

async function askCablecast(services: StationServices, signal: AbortSignal): Promise<ServiceFinding> {
  const { url, location } = services.settings.cablecast;
  if (url === null) return unused;
  return askServer(url, () => pingCablecast(connectForOnce(services), location, signal));
}

/** Asks the place where recordings are published. */
async function askTarget(services: StationServices, probe: ShareProbe, signal: AbortSignal): Promise<ServiceFinding> {
  const { settings, clock } = services;
  const fault = findTargetFault(settings);
  if (fault !== undefined) return { status: "error", detail: fault, remedy: "Set it in Settings, Publishing." };
  if (settings.publishing.target === "cablecast") {
    const { url, location } = settings.cablecast;
    if (url === null) return unused;
    return askServer(url, () => pingVodConfigurations(connectForOnce(services), location, signal));
  }
  const path = settings.generic.folder ?? "";
  const report = await probe.check(path, true);
  if (report !== "hung" && !report.ok && report.error === "ENOENT") {
    return { status: "warning", detail: `${path} is not there yet`, remedy: "The first package makes it." };
  }
  const folder = { label: "packages", path, role: "active", mountCommand: null, mustBeMounted: false } as const;
  return toFinding(shareFinding(judgeShare(folder, report, settings.shares, clock.now().toISOString())));
}

/** The engine is started for this, but not beside one that recognizes speech: that one works. */
async function askSpeechEngine(services: StationServices): Promise<readonly CheckResult[]> {
  return hasRunningJob(services.catalog, "process") ? [] : checkSpeechEngine(services);
}

/** The data folder, and the shares as they were last looked at. */
async function askStorage({ folder }: StationServices, monitor: ShareMonitor): Promise<ServiceFinding> {
  const shares = await Promise.all(
    monitor.shares.map((share) => monitor.getLatest(share.label) ?? monitor.check(share)),
  );
  return summarize([...(await checkDataFolder({ folder })), ...shares.map(shareFinding)]);
}

function askDatabase({ folder, catalog: { damage } }: StationServices): ServiceFinding {
  if (damage !== undefined) return { status: "error", detail: damage.reason, remedy: damage.remedy };
  const { recordings, transcriptions } = inspectCatalog(folder.catalogFile);
  return { status: "ok", detail: `${recordings} recordings, ${transcriptions} transcriptions` };
}

function askQueue({ catalog }: StationServices, jobService: Pick<JobService, "isPaused">): ServiceFinding {
  const { running, queued, waiting } = countByState(catalog);
  const detail = `${running} running, ${queued + waiting} in the queue`;
  if (jobService.isPaused) {
    return { status: "error", detail: `it is paused; ${detail}`, remedy: "Let it go on, on the screen Queue." };
  }
  if (queued + waiting <= manyJobs) return { status: "ok", detail };
  return { status: "warning", detail, remedy: "More is waiting than usual: see on the screen Queue what holds it up." };
}

async function askSystem({ settings, folder }: StationServices): Promise<ServiceFinding> {
  // Throws when the settings on the disk, which hold from the next start on, are not valid.
  readStationConfig({ dataFolder: folder.root });
  return summarize([...checkNode(), ...(await checkMediaTools({ settings }))]);
}

const toFinding = ({ status, detail, remedy }: CheckResult): ServiceFinding => ({ status, detail, remedy });

/** One finding out of several: what is wrong where something is, else the first. */
function summarize(results: readonly CheckResult[]): ServiceFinding {
  const worst = (["error", "warning"] as const).find((status) => results.some((each) => each.status === status));
  const reported = worst === undefined ? results.slice(0, 1) : results.filter(({ status }) => status === worst);
  const remedies = reported.flatMap(({ remedy }) => remedy ?? []);
  return {
    status: worst ?? "ok",
    detail: reported.map(({ name, detail }) => (worst === undefined ? detail : `${name}: ${detail}`)).join("; "),
    ...(remedies.length === 0 ? {} : { remedy: [...new Set(remedies)].join(" ") }),
  };
}

/** True when something was asked, and nothing was wrong. */
const isWell = (results: readonly CheckResult[]): boolean =>
  results.length > 0 && results.every(({ status }) => status !== "error");
