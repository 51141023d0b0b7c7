/** The contract with its guard: each procedure is called only by whoever has the role that it needs. */
import { implement } from "@orpc/server";
import { mayAct, type ProcedureMeta } from "../contract/api/base.ts";
import { contract } from "../contract/api/contract.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { ApiContext } from "./context.ts";
import { toApiError } from "./errors.ts";

/** The role that a procedure needs, as its contract says it; none said: an admin's. */
export function neededRole(procedure: { readonly "~orpc": { readonly meta: unknown } }): ProcedureMeta["role"] {
  return (procedure["~orpc"].meta as ProcedureMeta).role ?? "admin";
}

interface ProcedureDefinition {
  readonly "~orpc": { readonly meta: unknown; readonly route: { readonly method?: string } };
}

/** What is not done where nothing may be changed. Whoever may only look changes nothing; opening the editor does. */
function changes(procedure: ProcedureDefinition, [group, name]: readonly string[]): boolean {
  if (group === "editor") return true;
  // What such a station may be opened for.
  if (group === "station" && (name === "restore" || name === "restart")) return false;
  return neededRole(procedure) !== "user" && procedure["~orpc"].route.method !== "GET";
}

/** The answer where there is nothing to say but that it has been done. */
export const done = { done: true } as const;

export const os = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, next, procedure, path }) => {
    try {
      const needed = neededRole(procedure);
      if (needed !== undefined && needed !== "anyone") {
        const person = context.person();
        if (person === undefined) throw new ArchivistError("session.nobody");
        if (!mayAct(person.role, needed)) throw new ArchivistError("session.role");
        if (context.services.host.isSafe && changes(procedure, path)) throw new ArchivistError("station.safe");
      }
      return await next();
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.status >= 500 && error.code === "INTERNAL_SERVER_ERROR") {
        context.services.station.logger.error("a call has failed", { call: path.join("."), error: thrown });
      }
      throw error;
    }
  });
