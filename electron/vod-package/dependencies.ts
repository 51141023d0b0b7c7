/** Dependencies of writing a VOD package. */
import type { Publication } from "../contract/publishing.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";

export interface PackageDeps {
  readonly settings: Settings["generic"];
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of a long step, from 0 to 1. */
  readonly onProgress?: ((share: number, message: string) => void) | undefined;
  /** Returns the folder of a publication, relative to the packages folder, as the pattern of the settings gives it. */
  readonly getFolder: (publication: Publication) => string;
  /** Returns the catalog's id of a recording's package; undefined when it has none yet. */
  readonly knownPackage: (recordingId: string) => string | undefined;
  /** Writes a thumbnail. @returns False when the recording has no picture */
  readonly makeThumbnail: (publication: Publication, target: string, signal?: AbortSignal) => Promise<boolean>;
}
