/** What every handler works with. */

import type { Sessions } from "../access/sessions.ts";
import type { ModelManager } from "../administration/model-manager.ts";
import type { PersonRow } from "../catalog/repositories/people.ts";
import type { EditingService } from "../editing/editing-service.ts";
import type { StationRuntime } from "../station-runtime.ts";
import type { StationServices } from "../station-services.ts";
import type { Uploads } from "./uploads.ts";

/** What the program around the API can do for whoever sits before it. */
export interface HostAbilities {
  /** Shows a file in the file manager of this machine; undefined: whoever asks may sit at another one. */
  readonly reveal?: ((path: string) => Promise<void>) | undefined;
  /** True: the station is only looked at, because it has stopped again and again. */
  readonly isSafe?: boolean | undefined;
  /** Closes the station and opens it again, with its settings as they are then. @param restore a backup to begin with */
  readonly restart?: ((restore?: string) => void) | undefined;
}

/** One for the whole host. */
export interface ApiServices {
  readonly station: StationServices;
  readonly runtime: StationRuntime;
  readonly sessions: Sessions;
  readonly uploads: Uploads;
  /** Meetings whose captions are being corrected. */
  readonly editing: EditingService;
  readonly models: ModelManager;
  readonly host: HostAbilities;
  readonly version: string;
  /** Variables that go over the settings file. */
  readonly environment: NodeJS.ProcessEnv;
}

/** One for each call, or for each connection of a transport that keeps one. */
export interface ApiContext {
  readonly services: ApiServices;
  /** Whoever has signed in; undefined: nobody. Asked for at each call, because a role may be taken away. */
  readonly person: () => PersonRow | undefined;
  readonly token: string | undefined;
  /** Gives the caller a token to keep; undefined: it is to forget the one it has. */
  readonly keepToken: (token: string | undefined) => void;
  /** Sets the HTTP status of an answer that is no error; other transports have none. */
  readonly answerWith: (status: number) => void;
}
