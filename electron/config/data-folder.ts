/** Where Archivist keeps its catalog, working files, models and logs. */
import { accessSync, constants, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import envPaths from "env-paths";
import { ArchivistError } from "../contract/errors.ts";
import { dataFolderVariable } from "../contract/settings.ts";
import { fileError } from "../platform/file-errors.ts";
import { findNetworkType, type Mount, readMounts } from "./network-mount.ts";

/** The places inside a data folder. */
export interface DataFolder {
  readonly root: string;
  readonly settingsFile: string;
  readonly catalogFile: string;
  /** User names and secrets of other servers, encrypted. */
  readonly secretsFile: string;
  readonly lockFile: string;
  readonly backups: string;
  readonly logs: string;
  readonly models: string;
  /** Speech engines that were built on this machine. */
  readonly engines: string;
  /** For the spell check, besides the one that comes along. */
  readonly dictionaries: string;
  /** One folder a recording: decoded sound while it is needed, waveform peaks and levels for good. */
  readonly recordings: string;
  readonly output: string;
  /** Copies of recordings that could only be read after they were mended; each goes with its job. */
  readonly repaired: string;
}

/** The data folder by the platform's convention (XDG, Application Support, LocalAppData). */
export function defaultDataFolder(): string {
  return envPaths("Archivist", { suffix: "" }).data;
}

/** The data folder that is meant: the option, else `ARCHIVIST_DATA_DIR`, else the platform's place. */
export function chooseDataFolder(option: string | undefined, environment: NodeJS.ProcessEnv): string {
  const fromEnvironment = environment[dataFolderVariable]?.trim();
  return resolve(option ?? (fromEnvironment || defaultDataFolder()));
}

/** Names the places inside a data folder, without touching the disk. */
export function describeDataFolder(root: string): DataFolder {
  return {
    root,
    settingsFile: join(root, "settings.json"),
    catalogFile: join(root, "catalog.db"),
    secretsFile: join(root, "secrets.json"),
    lockFile: join(root, "in-use.lock"),
    backups: join(root, "backups"),
    logs: join(root, "logs"),
    models: join(root, "models"),
    engines: join(root, "engines"),
    dictionaries: join(root, "dictionaries"),
    recordings: join(root, "recordings"),
    output: join(root, "output"),
    repaired: join(root, "mended"),
  };
}

/**
 * Makes the data folder and checks that a database may live in it.
 * @throws ArchivistError `folder.network` on a network mount (nothing is created there), `folder.not-writable`.
 */
export function openDataFolder(root: string, mounts: readonly Mount[] = readMounts()): DataFolder {
  const network = findNetworkType(root, mounts);
  if (network !== undefined) {
    throw new ArchivistError("folder.network", {
      subject: root,
      cause: `the data folder lies on a network share (${network}), where a database is not safe`,
    });
  }
  const folder = describeDataFolder(root);
  try {
    for (const place of [folder.root, folder.logs, folder.models, folder.recordings]) {
      mkdirSync(place, { recursive: true });
    }
    accessSync(root, constants.W_OK);
  } catch (thrown) {
    throw fileError(thrown, root, "write");
  }
  return folder;
}
