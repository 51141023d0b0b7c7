/** Services and per-call context that every handler receives. */
import type { ClientFacts, Sessions } from "../access/sessions.ts";
import type { ModelManager } from "../administration/model-manager.ts";
import type { SelfTestService } from "../administration/self-test-service.ts";
import type { PersonRow } from "../catalog/repositories/people.ts";
import type { QueueView } from "../contract/api/queue.ts";
import type { EditingService } from "../editing/editing-service.ts";
import type { Uploads } from "../intake/uploads/uploads.ts";
import type { CheckResult } from "../monitoring/doctor.ts";
import type { StationRuntime } from "../station-runtime.ts";
import type { StationServices } from "../station-services.ts";
import type { CallLimits } from "./call-limits.ts";
import type { SharedViews } from "./shared-views.ts";

/** What the host program can do for its users. */
export interface HostAbilities {
  /** Shows a file in the file manager of this machine; undefined: the caller may be at another machine. */
  readonly reveal?: ((path: string) => Promise<void>) | undefined;
  /** True: safe mode. The station is read-only because it has stopped repeatedly. */
  readonly isSafe?: boolean | undefined;
  /** Closes the station and opens it again with its current settings. @param restore a backup to restore first */
  readonly restart?: ((restore?: string) => void) | undefined;
}

/** One instance for the whole host. */
export interface ApiServices {
  readonly station: StationServices;
  readonly runtime: StationRuntime;
  readonly sessions: Sessions;
  readonly uploads: Uploads;
  /** Meetings whose captions are being corrected. */
  readonly editing: EditingService;
  readonly callLimits: CallLimits;
  /** The queue as it is watched. */
  readonly queueViews: SharedViews<QueueView>;
  readonly models: ModelManager;
  readonly selfTest: SelfTestService;
  readonly host: HostAbilities;
  /** All checks of the station and its machine, as they were at most half a minute ago. */
  readonly findings: () => Promise<readonly CheckResult[]>;
  readonly version: string;
  /** Environment variables that override the settings file. */
  readonly environment: NodeJS.ProcessEnv;
}

/** A connection that carries calls and streams. */
export interface Connection {
  /** Resolves once most of what was sent has been taken. */
  readonly drained: () => Promise<void>;
}

/** One per call, or per connection on transports that keep one. */
export interface ApiContext {
  readonly services: ApiServices;
  /** The person who is signed in; undefined: none. Read at each call, because a role may be revoked. */
  readonly person: () => PersonRow | undefined;
  readonly token: string | undefined;
  /** Where the call comes from: an IP address, or the name of a transport on this machine. Limits are counted by it. */
  readonly address: string;
  /** What the caller signs in with. */
  readonly client: ClientFacts;
  /** True: from the station's own machine. Who is at another one may not name programs, nor folders at will. */
  readonly isOnMachine: boolean;
  /** The connection that the call came over, where it carries several; undefined: the call has one of its own. */
  readonly connection: Connection | undefined;
  /** Gives the caller a token to keep; undefined: the caller must forget the one it has. */
  readonly keepToken: (token: string | undefined) => void;
  /** Sets the HTTP status of a successful response; other transports have none. */
  readonly answerWith: (status: number) => void;
}
