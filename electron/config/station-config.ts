/** Reads a station's configuration without opening it: read-only commands need no database, and load none. */
import type { Settings } from "../contract/settings.ts";
import { chooseDataFolder, type DataFolder, describeDataFolder } from "./data-folder.ts";
import { loadSettings } from "./settings.ts";

export interface StationConfig {
  readonly folder: DataFolder;
  readonly settings: Settings;
  /** Folder with the user's model files. */
  readonly modelsFolder: string;
}

export interface StationConfigOptions {
  /** Data folder; undefined: `ARCHIVIST_DATA_DIR`, else the platform's default. */
  readonly dataFolder?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Reads the settings of a data folder without creating or locking it. @throws ArchivistError `settings.*` */
export function readStationConfig(options: StationConfigOptions): StationConfig {
  const environment = options.environment ?? process.env;
  const folder = describeDataFolder(chooseDataFolder(options.dataFolder, environment));
  return toStationConfig(folder, loadSettings(folder.settingsFile, environment));
}

/** Combines a data folder with settings that are already loaded. */
export function toStationConfig(folder: DataFolder, settings: Settings): StationConfig {
  return { folder, settings, modelsFolder: settings.speech.modelsFolder ?? folder.models };
}
