/** What laying a package has to do with. */

import type { Publication } from "../contract/publishing.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../platform/clock.ts";

export interface PackageDeps {
  readonly settings: Settings["generic"];
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Told how far a long step is, from 0 to 1. */
  readonly onProgress?: ((share: number, message: string) => void) | undefined;
  /** Folder of a publication below the one for packages, by the pattern. */
  readonly getFolder: (publication: Publication) => string;
  /** What the package of a recording is called, where it has one; undefined: it has none yet. */
  readonly knownPackage: (recordingId: string) => string | undefined;
  /** Writes a still picture. @returns False when the recording has no picture */
  readonly makeThumbnail: (publication: Publication, target: string, signal?: AbortSignal) => Promise<boolean>;
}
