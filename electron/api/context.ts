/** What every handler works with. */
import type { PersonRow } from "../catalog/repositories/people.ts";
import type { Operation } from "../jobs/operation.ts";
import type { Workshop } from "../jobs/workshop.ts";
import type { ModelDesk } from "../ops/model-desk.ts";
import type { Sessions } from "./auth/sessions.ts";
import type { Uploads } from "./uploads.ts";

/** One for the whole host. */
export interface ApiParts {
  readonly workshop: Workshop;
  readonly operation: Operation;
  readonly sessions: Sessions;
  readonly uploads: Uploads;
  readonly models: ModelDesk;
  readonly version: string;
  /** Variables that go over the settings file. */
  readonly environment: NodeJS.ProcessEnv;
}

/** One for each call, or for each connection of a transport that keeps one. */
export interface ApiContext {
  readonly parts: ApiParts;
  /** Whoever has signed in; undefined: nobody. Asked for at each call, because a role may be taken away. */
  readonly person: () => PersonRow | undefined;
  readonly token: string | undefined;
  /** Gives the caller a token to keep; undefined: it is to forget the one it has. */
  readonly keepToken: (token: string | undefined) => void;
  /** Sets the HTTP status of an answer that is no error; other transports have none. */
  readonly answerWith: (status: number) => void;
}
