/**
 * Checks which requests the server accepts. Two attacks come from pages of other sites that an editor has open: DNS
 * rebinding (the other site's name is made to resolve to this machine, so the browser believes that it talks to that
 * site) and cross-site requests (the page sends requests here with the editor's cookie). `Host` reveals the first,
 * `Origin` the second.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { ClientFacts } from "../../access/sessions.ts";
import { secondMs } from "../../captions/time/durations.ts";
import { browserSignIn } from "../../contract/api/session.ts";

export interface OwnNames {
  /** Names by which browsers may address this server, without port. */
  readonly names: readonly string[];
  readonly port: number;
  /** True with a certificate, and behind a proxy that speaks HTTPS. */
  readonly isSecure: boolean;
}

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/** @param host that the server listens on, or the name of the proxy in front of it */
export function ownNames(host: string, port: number, isSecure: boolean): OwnNames {
  return { names: [...new Set([...loopbackNames, host.toLowerCase()])], port, isSecure };
}

/** True when a `Host` header names this server. A name without a port means the protocol's default port. */
export function isOwnHost(header: string | undefined, own: OwnNames): boolean {
  const match = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/i.exec(header ?? "");
  if (match === null) return false;
  const [, name = "", port] = match;
  const isPort = Number(port ?? (own.isSecure ? 443 : 80)) === own.port;
  return own.names.includes(name.toLowerCase()) && isPort;
}

/** True when a request does not come from a page of another site. Programs send no `Origin`. */
export function isOwnOrigin(header: string | undefined, host: string | undefined, own: OwnNames): boolean {
  if (header === undefined) return true;
  if (!URL.canParse(header)) return false;
  const origin = new URL(header);
  return origin.protocol === (own.isSecure ? "https:" : "http:") && origin.host === host && isOwnHost(origin.host, own);
}

/**
 * True for a path that has one spelling only: no empty, `.` or `..` step, no encoded separator or dot, no backslash.
 * Routers and handlers would read other spellings differently.
 */
export function isPlainPath(url: string | undefined): boolean {
  const path = (url ?? "").split(/[?#]/)[0] ?? "";
  if (!path.startsWith("/") || path.includes("\\")) return false;
  if (/%(2e|2f|5c|00)/i.test(path) && /^\/(api|async|episodes|login|logout|uploads)\b/.test(path)) return false;
  const steps = path.slice(1).split("/");
  return steps.every((step, index) => step !== "." && step !== ".." && (step !== "" || index === steps.length - 1));
}

/** The token of a request, from a program's `Authorization` header or a browser's cookie. */
export function parseToken(headers: {
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}): string | undefined {
  const bearer = /^Bearer ([\w-]{20,200})$/.exec(headers.authorization ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const cookies = (headers.cookie ?? "").split(";").map((part) => part.trim());
  return cookies
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)
    .match(/^[\w-]{20,200}$/)?.[0];
}

const cookieName = "archivist";

/**
 * What a request comes from. Browsers send where the page came from with each call that changes something; programs do not.
 * @param isDesktop the desktop program's pages, whose token is kept by the keyring
 */
export function getClient(headers: IncomingHttpHeaders, isDesktop: boolean): ClientFacts {
  const isBrowser = !isDesktop && headers.origin !== undefined;
  const agent = isDesktop ? "Archivist" : (headers["user-agent"] ?? "");
  return { kind: isBrowser ? "browser" : "program", agent };
}

/** The `Set-Cookie` header that gives a browser its token; undefined: the browser must forget the one it has. */
export function cookieHeader(token: string | undefined, isSecure: boolean): string {
  const age = token === undefined ? 0 : browserSignIn.maxMs / secondMs;
  const secure = isSecure ? "; Secure" : "";
  return `${cookieName}=${token ?? ""}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`;
}
