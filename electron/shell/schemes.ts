/**
 * The two schemes of our own, instead of `file:` (README.md, "Schemes"): `app:` for the pages and what they ask the
 * station for, `media:` for recordings. Neither bypasses the pages' policy.
 */
import { protocol } from "electron";
import { appScheme } from "./app-scheme.ts";
import type { DesktopContext } from "./context.ts";
import { builtPaths } from "./folders.ts";
import { mediaScheme } from "./media-scheme.ts";
import { forward } from "./station-socket.ts";

/** Before the program is ready; can be done once. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
    { scheme: "media", privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Once the program is ready: what pages ask of either is answered by the built pages, or by the station. */
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
