/** The data folder: catalog, working files, models and logs. */
import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import envPaths from "env-paths";
import { ArchivistError } from "../contract/errors.ts";
import { dataFolderVariable } from "../contract/settings.ts";
import { fileError, getErrno } from "../platform/file-errors.ts";
import { nearestExistingSync } from "../platform/path-exists.ts";
import { findNetworkType, type Mount, readMounts } from "./network-mount.ts";

/** The paths inside a data folder. */
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
  /** Dictionaries for the spell check, in addition to the one that ships with Archivist. */
  readonly dictionaries: string;
  /** One folder per recording: decoded audio while it is needed, waveform peaks and levels permanently. */
  readonly recordings: string;
  readonly output: string;
  /** Recordings that came over the network (`intake/uploads`). */
  readonly uploads: string;
  /** Copies of recordings that could only be read after a repair; each is deleted with its job. */
  readonly repaired: string;
  /** Recordings that were joined of parts, one folder each. */
  readonly joined: string;
}

/** The data folder by the platform's convention (XDG, Application Support, LocalAppData). */
export function defaultDataFolder(): string {
  return envPaths("Archivist", { suffix: "" }).data;
}

/** Chooses the data folder: the option, else `ARCHIVIST_DATA_DIR`, else the platform's default. */
export function chooseDataFolder(option: string | undefined, environment: NodeJS.ProcessEnv): string {
  const fromEnvironment = environment[dataFolderVariable]?.trim();
  return resolve(option ?? (fromEnvironment || defaultDataFolder()));
}

/** Returns the paths inside a data folder, without accessing the disk. */
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
    uploads: join(root, "uploads"),
    repaired: join(root, "mended"),
    joined: join(root, "joined"),
  };
}

/**
 * Everything that the station knows is nobody else's: other users of the machine cannot enter the folder, whatever the modes
 * of the files in it. Somebody else's folder, and a file system without modes, stay as they are.
 */
function closeToOthers(root: string): void {
  if (process.platform === "win32") return;
  const { mode, uid } = statSync(root);
  if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(root, mode & 0o700);
}

/**
 * Creates the data folder and checks that a database may be stored in it.
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
    closeToOthers(root);
  } catch (thrown) {
    throw fileError(findRealReason(root, thrown), root, "write");
  }
  return folder;
}

/** Of a disk that is read-only, making a folder with those above it says that they are not there (Node.js 24). */
function findRealReason(root: string, thrown: unknown): unknown {
  if (getErrno(thrown) !== "ENOENT") return thrown;
  try {
    accessSync(nearestExistingSync(resolve(root)), constants.W_OK);
    return thrown;
  } catch (reason) {
    return reason;
  }
}
