/** What can be known of a station without opening it: commands that only look need no database, and load none. */
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
  /** Data folder; undefined: `ARCHIVIST_DATA_DIR`, else the platform's place. */
  readonly dataFolder?: string | undefined;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Reads the settings of a data folder without making or locking it. @throws ArchivistError `settings.*` */
export function readStationConfig(options: StationConfigOptions): StationConfig {
  const environment = options.environment ?? process.env;
  const folder = describeDataFolder(chooseDataFolder(options.dataFolder, environment));
  return toStationConfig(folder, loadSettings(folder.settingsFile, environment));
}

/** A place with settings that are known already. */
export function toStationConfig(folder: DataFolder, settings: Settings): StationConfig {
  return { folder, settings, modelsFolder: settings.speech.modelsFolder ?? folder.models };
}
