/** The few calls over HTTP: they set the session cookie that authorizes everything else. */
import type { Person } from "../../electron/contract/api/session.ts";
import { type Failure, toFailure } from "./failure.ts";

export interface Session {
  readonly person: Person | null;
  readonly isFirstRun: boolean;
  readonly version: string;
  readonly timeZone: string;
  readonly can: { readonly reveal: boolean; readonly restart: boolean };
}

/** @throws Failure */
async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const json: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw toFailure(json ?? new Error(`the station answered ${answer.status}`)) satisfies Failure;
  return json as T;
}

export const fetchSession = (): Promise<Session> => call("GET", "/api/session");
export const signIn = (name: string, password: string): Promise<unknown> =>
  call("POST", "/api/session", { name, password });
export const redeemTicket = (ticket: string, name: string, password: string | undefined): Promise<unknown> =>
  call("POST", "/api/session/redeem", { ticket, name, password });
/** Says that somebody is at work. */
export const stay = (): Promise<unknown> => call("POST", "/api/session/stay", {});
export const signOut = (): Promise<unknown> => call("DELETE", "/api/session");
