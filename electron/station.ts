/** The composition root: creates a station from its settings. */
import { type InstanceLock, lockInstance } from "./catalog/instance-lock.ts";
import { type Catalog, openCatalog } from "./catalog/open.ts";
import { restoreBackup } from "./catalog/restore.ts";
import { openDataFolder } from "./config/data-folder.ts";
import { openLogs } from "./config/logger.ts";
import { thisMachine } from "./config/machine.ts";
import { FileSecrets } from "./config/secrets.ts";
import { SettingCredentials } from "./config/setting-credentials.ts";
import { readStationConfig, type StationConfig, type StationConfigOptions } from "./config/station-config.ts";
import { ArchivistError } from "./contract/errors.ts";
import type { Settings } from "./contract/settings.ts";
import { findMediaTools, type MediaTools } from "./media/tools.ts";
import { type Clock, systemClock } from "./platform/clock.ts";
import { KeyedMutex } from "./platform/keyed-mutex.ts";
import { TypedEvents } from "./platform/typed-events.ts";
import { Lanes, type LaneWidths } from "./queue/lanes.ts";
import { ShareAccess } from "./shares/share-access.ts";
import { findShareProblem } from "./shares/share-problem.ts";
import type { SpeechEngine } from "./speech/engine.ts";
import { openEngine } from "./speech/open-engine.ts";
import { createStationRuntime, type StationRuntime } from "./station-runtime.ts";
import type { StationServices } from "./station-services.ts";
import type { TranscriptionListener } from "./transcription/events.ts";
import { LiveWordFeed } from "./transcription/live-words.ts";
import { sweepRecordings } from "./transcription/sweep.ts";
import { type TranscriptionOutcome, transcribeRecording } from "./transcription/transcribe.ts";
import type { TranscriptionRequest } from "./transcription/transcription-run.ts";

export interface StationOptions extends StationConfigOptions {
  readonly clock?: Clock;
  /** What this process does: shown to another process that tries to open the same data folder. */
  readonly purpose: string;
  /** A backup that replaces the catalog before it is opened: its name, or `newest`. */
  readonly restore?: string | undefined;
  /** False: secrets are stored with a key from the environment, or not at all. */
  readonly mayMakeKeyFile?: boolean;
  /**
   * When another Archivist is running in the data folder, work beside it instead of refusing: queue commands are rows
   * in the catalog that the other process sees. Nothing may be started then.
   */
  readonly beside?: boolean;
}

export interface Station extends StationConfig {
  readonly catalog: Catalog;
  readonly services: StationServices;
  /** Queue, shares and schedules; nothing runs before it is started. */
  readonly runtime: StationRuntime;
  /** True when another Archivist holds the data folder. */
  readonly isBeside: boolean;
  transcribe(
    request: TranscriptionRequest,
    listener?: TranscriptionListener,
    signal?: AbortSignal,
  ): Promise<TranscriptionOutcome>;
  /** Ends child processes and closes the catalog. */
  close(): Promise<void>;
}

/** Takes the lock of a data folder; undefined: another process holds it, and `beside` allows that. */
function takeLock(file: string, { purpose, beside }: StationOptions): InstanceLock | undefined {
  try {
    return lockInstance(file, purpose);
  } catch (thrown) {
    if (beside === true && thrown instanceof ArchivistError && thrown.code === "folder.in-use") return undefined;
    throw thrown;
  }
}

/**
 * Opens a station: checks and locks the data folder, and opens the catalog; nothing runs yet.
 * @throws ArchivistError `settings.*`, `folder.*`, `catalog.*`
 */
export function openStation(options: StationOptions): Station {
  const place = readStationConfig(options);
  const { settings } = place;
  const folder = openDataFolder(place.folder.root);
  const lock = takeLock(folder.lockFile, options);
  let catalog: Catalog;
  try {
    if (options.restore !== undefined && lock !== undefined) {
      restoreBackup(folder.catalogFile, folder.backups, options.restore, (options.clock ?? systemClock).now());
    }
    catalog = openCatalog(folder.catalogFile, folder.backups, { asItIs: lock === undefined });
  } catch (thrown) {
    lock?.release();
    throw thrown;
  }
  if (lock !== undefined) sweepRecordings(catalog, folder.recordings);
  const logs = openLogs(folder.logs, settings.log.level);
  const environment = options.environment ?? process.env;
  const secrets = new FileSecrets(folder.secretsFile, environment, options.mayMakeKeyFile);
  let tools: Promise<MediaTools> | undefined;
  let engine: Promise<SpeechEngine> | undefined;
  const engineEvents = new TypedEvents<EngineEvents>();
  const shareAccess = new ShareAccess({
    shares: settings.shares.servers,
    deadlineMs: settings.shares.probeSeconds * 1000,
    findHealth: (label) => runtime.monitor.all().find((health) => health.label === label),
  });
  const services: StationServices = {
    settings,
    folder,
    modelsFolder: place.modelsFolder,
    machine: thisMachine(),
    catalog,
    logger: logs.application,
    logs,
    clock: options.clock ?? systemClock,
    liveWords: new LiveWordFeed(),
    recordings: new KeyedMutex(),
    secrets,
    credentials: new SettingCredentials({ settingsFile: folder.settingsFile, environment, secrets }),
    lanes: new Lanes(laneWidths(settings)),
    onShare: shareAccess.run,
    findShareProblem: (path) => findShareProblem(runtime.monitor, path),
    mediaTools: () => {
      tools ??= findMediaTools(settings.media).catch((thrown: unknown) => {
        // They may be installed before the next call.
        tools = undefined;
        throw thrown;
      });
      return tools;
    },
    speechEngine: () => {
      engine ??= openEngine({
        speech: settings.speech,
        enginesFolder: folder.engines,
        logger: logs.transcription,
        onNotice: (message) => engineEvents.emit("notice", message),
      }).catch((thrown: unknown) => {
        // The engine may have been built before the next call.
        engine = undefined;
        throw thrown;
      });
      return engine;
    },
    onEngineNotice: (listener) => engineEvents.on("notice", listener),
  };
  const runtime: StationRuntime = createStationRuntime(services);
  return {
    ...place,
    catalog,
    services,
    runtime,
    isBeside: lock === undefined,
    transcribe: (request, listener, signal) => transcribeRecording(services, request, listener, signal),
    close: async () => {
      await (await engine?.catch(() => undefined))?.close();
      catalog.close();
      lock?.release();
    },
  };
}

interface EngineEvents {
  /** A message to the user. */
  readonly notice: string;
}

const laneWidths = ({ queue }: Settings): LaneWidths => ({
  disk: queue.diskLane,
  speech: queue.speechLane,
  render: queue.renderLane,
  network: queue.networkLane,
});
