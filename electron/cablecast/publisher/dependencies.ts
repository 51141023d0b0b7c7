/** Dependencies of publishing on Cablecast. */
import type { Catalog } from "../../catalog/open.ts";
import type { Logger } from "../../config/logger.ts";
import type { Publication } from "../../contract/publishing.ts";
import type { Settings } from "../../contract/settings.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CablecastClient } from "../client/client.ts";

export interface PublisherDeps {
  readonly client: CablecastClient;
  readonly catalog: Catalog;
  readonly settings: Settings["cablecast"];
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /**
   * Makes a JPEG of a recording beside the meeting's files. @returns Its path; undefined: the recording has no picture
   */
  readonly makeThumbnail?:
    | ((publication: Publication, signal?: AbortSignal) => Promise<string | undefined>)
    | undefined;
  /** Called with the progress of a long step, from 0 to 1. */
  readonly onProgress?: ((share: number, message: string) => void) | undefined;
}
