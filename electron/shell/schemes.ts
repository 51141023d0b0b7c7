/**
 * Our two schemes, used instead of `file:` (README.md, "Schemes"): `app:` for the pages and their requests to the
 * station, `media:` for recordings. Neither bypasses the pages' policy.
 */
import { protocol } from "electron";
import { appScheme } from "./app-scheme.ts";
import type { DesktopContext } from "./context.ts";
import { builtPaths } from "./folders.ts";
import { mediaScheme } from "./media-scheme.ts";
import { forward } from "./station-socket.ts";

/** Call before the program is ready; possible only once. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    { scheme: "media", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Call once the program is ready. Requests are answered from the built pages or by the station. */
export function setupSchemes({ supervisor, authToken }: DesktopContext): void {
  const toStation = (request: Request, path: string): Promise<Response> => {
    const { state } = supervisor;
    if (state.kind !== "ready") return Promise.resolve(new Response("The station is away just now.", { status: 502 }));
    const keepToken = (token: string | undefined): void => authToken.set(token);
    return forward(request, { path, socket: state.station.socket, token: authToken.token, keepToken });
  };
  protocol.handle("app", appScheme({ pages: builtPaths.pages, forward: toStation }));
  protocol.handle("media", mediaScheme(toStation));
}
