/** The services that the steps of all jobs use. */
import type { Catalog } from "./catalog/open.ts";
import type { DataFolder } from "./config/data-folder.ts";
import type { Logger, Logs } from "./config/logger.ts";
import type { Machine } from "./config/machine.ts";
import type { SecretStore } from "./config/secrets.ts";
import type { SettingCredentials } from "./config/setting-credentials.ts";
import type { Settings } from "./contract/settings.ts";
import type { MediaTools } from "./media/tools.ts";
import type { Clock } from "./platform/clock.ts";
import type { KeyedMutex } from "./platform/keyed-mutex.ts";
import type { Lanes } from "./queue/lanes.ts";
import type { OnShare } from "./shares/share-access.ts";
import type { ShareProblem } from "./shares/share-problem.ts";
import type { SpeechEngine } from "./speech/engine.ts";
import type { LiveWordFeed } from "./transcription/live-words.ts";

export interface StationServices {
  readonly settings: Settings;
  readonly folder: DataFolder;
  /** Folder with the user's model files. */
  readonly modelsFolder: string;
  readonly machine: Machine;
  readonly catalog: Catalog;
  readonly clock: Clock;
  /** The application's log. */
  readonly logger: Logger;
  readonly logs: Logs;
  readonly lanes: Lanes;
  /** User names and secrets of other servers. */
  readonly secrets: SecretStore;
  /** Users and secrets that belong to addresses in the settings. */
  readonly credentials: SettingCredentials;
  /** Live words of the jobs that run in this process. */
  readonly liveWords: LiveWordFeed;
  /** Serializes jobs on the same recording. */
  readonly recordings: KeyedMutex;
  /** Why nothing can be written to the share that a folder lies on; undefined: it can, or it lies on none. */
  readonly findShareProblem: (folder: string) => Promise<ShareProblem | undefined>;
  /** Runs a call on a file that may lie on a share; one that hangs is not waited for. @throws ArchivistError `share.hung` */
  readonly onShare: OnShare;
  /** Found on first use. @throws ArchivistError `tool.missing` */
  readonly mediaTools: () => Promise<MediaTools>;
  /** Chosen, and built if necessary, on first use. @throws ArchivistError `engine.missing` */
  readonly speechEngine: () => Promise<SpeechEngine>;
  /** Subscribes to the engine's messages to the user. @returns a function that ends the subscription */
  readonly onEngineNotice: (listener: (message: string) => void) => () => void;
}
