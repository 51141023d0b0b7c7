/** Implements the contract with its guard: a procedure runs only for callers with the role it requires. */
import { implement } from "@orpc/server";
import { mayAct, type ProcedureMeta } from "../contract/api/base.ts";
import { contract } from "../contract/api/contract.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { ApiContext, ApiServices } from "./context.ts";
import { toApiError } from "./errors.ts";
import { watchStream } from "./watched-stream.ts";

/** The role that a procedure requires according to its contract; the default is admin. */
export function neededRole(procedure: { readonly "~orpc": { readonly meta: unknown } }): ProcedureMeta["role"] {
  return (procedure["~orpc"].meta as ProcedureMeta).role ?? "admin";
}

interface ProcedureDefinition {
  readonly "~orpc": { readonly meta: unknown; readonly route: { readonly method?: string } };
}

/**
 * Whether a procedure is refused in safe mode because it changes something. What the role `user` may call changes
 * nothing, but for what is named here; opening the editor does.
 */
function changes(procedure: ProcedureDefinition, [group, name]: readonly string[]): boolean {
  if (group === "editor") return true;
  // Whoever may look at a meeting may comment on it.
  if (group === "comments") return name !== "list";
  // One's own account; saying that one is there is only noted where that can be.
  if (group === "session" && (name === "changePassword" || name === "end")) return true;
  // These are what a station in safe mode is used for.
  if (group === "station" && (name === "restore" || name === "restart")) return false;
  return neededRole(procedure) !== "user" && procedure["~orpc"].route.method !== "GET";
}

/** @throws ArchivistError `station.safe`, `catalog.damaged` for a call that changes something while nothing may be changed */
function requireChangeable(
  { host, station }: ApiServices,
  procedure: ProcedureDefinition,
  path: readonly string[],
): void {
  const { damage } = station.catalog;
  if ((host.isSafe !== true && damage === undefined) || !changes(procedure, path)) return;
  throw damage ?? new ArchivistError("station.safe");
}

/** What admins do is in the log, for whoever has to find out afterwards what has happened; never what they have typed. */
function noteChange({ services, address }: ApiContext, path: readonly string[], by: string | undefined): void {
  services.station.logger.info("an admin has made a change", { call: path.join("."), by, address });
}

/** The response of procedures that have nothing else to return. */
export const done = { done: true } as const;

export const os = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, next, procedure, path }) => {
    let release: (() => void) | undefined;
    try {
      const person = context.person();
      const caller = person === undefined ? context.address : `person ${person.id}`;
      release = context.services.callLimits.takeCall(caller);
      const needed = neededRole(procedure);
      if (needed !== undefined && needed !== "anyone") {
        if (person === undefined) throw new ArchivistError("session.nobody");
        if (!mayAct(person.role, needed)) throw new ArchivistError("session.role");
        requireChangeable(context.services, procedure, path);
        context.services.sessions.touch(context.token);
      }
      const result = await next();
      if (needed === "admin" && procedure["~orpc"].route.method !== "GET") noteChange(context, path, person?.username);
      return isStream(result.output) ? { ...result, output: watch(context, caller, result.output) as never } : result;
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.status >= 500 && error.code === "INTERNAL_SERVER_ERROR") {
        context.services.station.logger.error("a call has failed", { call: path.join("."), error: thrown });
      }
      throw error;
    } finally {
      release?.();
    }
  });

const isStream = (output: unknown): output is AsyncIterator<unknown, unknown> & AsyncIterable<unknown> =>
  typeof output === "object" && output !== null && Symbol.asyncIterator in output;

/** Counts a stream, and ends it when the caller is signed out. @throws ArchivistError `call.too-many` */
function watch(
  { services, person, connection }: ApiContext,
  caller: string,
  output: AsyncIterable<unknown>,
): AsyncGenerator<unknown> {
  return watchStream(output[Symbol.asyncIterator](), {
    isValid: () => person() !== undefined,
    onDropped: (listener) => services.sessions.events.on("tokensDropped", listener),
    drained: connection?.drained,
    onEnd: services.callLimits.takeStream(caller, connection),
  });
}
