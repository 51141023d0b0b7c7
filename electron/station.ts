/** The composition root: settings in, a running station out. */
import { lockInstance } from "./catalog/instance-lock.ts";
import { type Catalog, openCatalog } from "./catalog/open.ts";
import type { JobListener } from "./jobs/events.ts";
import type { TranscribeRequest } from "./jobs/job.ts";
import { Lanes } from "./jobs/lanes.ts";
import { type TranscribeOutcome, transcribeRecording } from "./jobs/pipeline.ts";
import { sweepRecordings } from "./jobs/sweep.ts";
import type { Workshop } from "./jobs/workshop.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { openDataFolder } from "./lib/data-folder.ts";
import { openLogger } from "./lib/logger.ts";
import { lookAtStation, type StationPlace, type StationPlaceOptions } from "./lib/station-place.ts";
import { findMediaTools, type MediaTools } from "./media/tools.ts";
import type { SpeechEngine } from "./speech/engine.ts";
import { requireWhisperHost } from "./speech/whisper-host/binary.ts";
import { WhisperHost } from "./speech/whisper-host/whisper-host.ts";

export interface StationOptions extends StationPlaceOptions {
  readonly clock?: Clock;
  /** What this process is for: shown to another one that wants the same data folder. */
  readonly purpose: string;
}

export interface Station extends StationPlace {
  readonly catalog: Catalog;
  transcribe(request: TranscribeRequest, listener?: JobListener, signal?: AbortSignal): Promise<TranscribeOutcome>;
  /** Ends children and closes the catalog. */
  close(): Promise<void>;
}

/**
 * Opens a station: data folder checked and locked, catalog open, nothing running yet.
 * @throws ArchivistError `settings.*`, `folder.*`, `catalog.*`
 */
export function openStation(options: StationOptions): Station {
  const place = lookAtStation(options);
  const { settings } = place;
  const folder = openDataFolder(place.folder.root);
  const lock = lockInstance(folder.lockFile, options.purpose);
  let catalog: Catalog;
  try {
    catalog = openCatalog(folder.catalogFile, folder.backups);
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
  sweepRecordings(catalog, folder.recordings);
  const logger = openLogger(folder.logs, settings.log.level);
  let tools: Promise<MediaTools> | undefined;
  let engine: SpeechEngine | undefined;
  const workshop: Workshop = {
    settings,
    folder,
    catalog,
    logger,
    clock: options.clock ?? systemClock,
    lanes: new Lanes(),
    mediaTools: () => {
      tools ??= findMediaTools(settings.media);
      return tools;
    },
    speechEngine: () => {
      engine ??= new WhisperHost({
        binary: requireWhisperHost(),
        logger,
        stallMs: settings.speech.stallSeconds * 1000,
      });
      return engine;
    },
  };
  return {
    ...place,
    catalog,
    transcribe: (request, listener, signal) => transcribeRecording(workshop, request, listener, signal),
    close: async () => {
      await engine?.close();
      catalog.close();
      lock.release();
    },
  };
}
