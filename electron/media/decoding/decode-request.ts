/** What decoding is asked for. */
import type { MediaSettings } from "../../contract/settings.ts";
import type { SoundRequest } from "../../contract/sound.ts";
import type { MediaInfo } from "../probe-report.ts";
import type { MediaTools } from "../tools.ts";

export interface DecodeRequest {
  readonly tools: Pick<MediaTools, "ffmpeg" | "ffprobe">;
  /** Absolute path of the recording. */
  readonly path: string;
  readonly info: MediaInfo;
  /** Folder for the results; it must exist. */
  readonly folder: string;
  readonly settings: MediaSettings;
  /** The sound to take; absent: the one with speech. */
  readonly sound?: SoundRequest | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the milliseconds of sound decoded so far. */
  readonly onProgress?: (ms: number) => void;
}
