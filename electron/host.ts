/** A station with its API, for any transport: the HTTP server of `archivist serve`, or the shell's ports. */
import { createApiServices } from "./api/api-services.ts";
import type { ApiServices, HostAbilities } from "./api/context.ts";
import { backUpCatalog } from "./catalog/backup.ts";
import { countByState } from "./catalog/repositories/jobs.ts";
import { programVersion } from "./config/program-version.ts";
import { ArchivistError } from "./contract/errors.ts";
import { openStation, type Station, type StationOptions } from "./station.ts";

export interface HostOptions extends StationOptions {
  /** What the host program can do for the user in front of it. */
  readonly abilities: HostAbilities;
}

export interface Host {
  readonly station: Station;
  readonly api: ApiServices;
  /** Starts the services of the runtime; jobs left from the last run resume. */
  start(): Promise<void>;
  /**
   * Prepares for an update of the program: checks that no job runs and that no captions are being corrected, and backs
   * up the catalog.
   * @throws ArchivistError `update.busy`, and those of a backup
   */
  prepareUpdate(): Promise<void>;
  /**
   * Stops the work and closes the station; unfinished jobs resume at the next start.
   * @param drain true: wait for running jobs to end
   */
  close(options?: { readonly drain?: boolean }): Promise<void>;
}

/** @throws ArchivistError `settings.*`, `folder.*`, `catalog.*` */
export function openHost({ abilities, ...options }: HostOptions): Host {
  const station = openStation(options);
  const { services, runtime } = station;
  const environment = options.environment ?? process.env;
  const api = createApiServices({
    station: services,
    runtime,
    version: programVersion(),
    environment,
    host: abilities,
  });
  let isStarted = false;
  const requireIdle = (): void => {
    const { running } = countByState(services.catalog);
    if (running > 0) throw new ArchivistError("update.busy", { cause: "a job is running" });
    if (api.editing.isAnyoneWriting) throw new ArchivistError("update.busy", { cause: "captions are being corrected" });
  };
  return {
    station,
    api,
    start: async () => {
      isStarted = true;
      await runtime.start();
    },
    prepareUpdate: async () => {
      requireIdle();
      await backUpCatalog(
        services.catalog,
        services.folder.backups,
        services.clock.now(),
        services.settings.backup.keep,
      );
      // The backup takes a while, so check again.
      requireIdle();
    },
    close: async (how) => {
      try {
        api.models.close();
        await api.selfTest.cancel();
        api.editing.close();
        if (isStarted) await runtime.stop(how);
      } finally {
        await station.close();
      }
    },
  };
}
