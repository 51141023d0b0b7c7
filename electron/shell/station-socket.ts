/**
 * Forwards requests of pages that are answered with streams (recordings, peaks, files, uploads, signing in) to the
 * station's own server. The main process only passes bytes on: it never touches a share, whose mount may hang
 * (README.md, "Schemes"), and a canceled request closes the file at the other end.
 */
import { request as httpRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";

/** The host name that the station's server accepts. */
export const stationHostName = "station";

/** Request headers passed to the station; cookies are kept here and never shown to a page. */
const passedOn = ["range", "if-range", "content-type", "content-length", "accept"] as const;
/** Response headers passed to the page. */
const passedBack = [
  "content-type",
  "content-length",
  "content-range",
  "accept-ranges",
  "last-modified",
  "etag",
  "cache-control",
  "content-disposition",
] as const;

export interface Forwarded {
  /** Path and query, as the station knows them. */
  readonly path: string;
  readonly socket: string;
  /** Token of the signed-in person. */
  readonly token: string | undefined;
  /** The server issues a token to keep; undefined: the kept one must be forgotten. */
  readonly keepToken: (token: string | undefined) => void;
}

/** @returns a response with status 502 while the station is away */
export function forward(request: Request, { path, socket, token, keepToken }: Forwarded): Promise<Response> {
  const headers: Record<string, string> = { host: stationHostName };
  for (const name of passedOn) {
    const value = request.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  if (token !== undefined) headers.cookie = `archivist=${token}`;
  return new Promise((resolve) => {
    const away = (): void => resolve(new Response("The station is away just now.", { status: 502 }));
    const outgoing = httpRequest({ socketPath: socket, method: request.method, path, headers }, (incoming) => {
      const kept = tokenIn(incoming);
      if (kept !== undefined) keepToken(kept === "" ? undefined : kept);
      resolve(toResponse(incoming));
    });
    outgoing.once("error", away);
    request.signal.addEventListener("abort", () => outgoing.destroy(), { once: true });
    if (request.body === null) outgoing.end();
    else
      Readable.fromWeb(request.body as NodeReadableStream)
        .once("error", away)
        .pipe(outgoing);
  });
}

/** The token in a `Set-Cookie` header; empty: it must be forgotten. */
function tokenIn({ headers }: IncomingMessage): string | undefined {
  return headers["set-cookie"]
    ?.map((cookie) => /^archivist=([^;]*)/.exec(cookie)?.[1])
    .find((each) => each !== undefined);
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (const name of passedBack) {
    const value = incoming.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  headers.set("x-content-type-options", "nosniff");
  const status = incoming.statusCode ?? 502;
  const hasNoBody = status === 204 || status === 304 || status < 200;
  // A page that goes away destroys this stream, and with it the station's.
  const body = hasNoBody ? null : (Readable.toWeb(incoming) as ReadableStream);
  if (hasNoBody) incoming.resume();
  return new Response(body, { status, headers });
}
