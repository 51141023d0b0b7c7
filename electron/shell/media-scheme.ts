/**
 * `media://station/media/<id>`: serves recordings to players by id. The station checks ranges, types and links
 * (`api/http/media.ts`); only the form of the address is checked here.
 */
import { mediaOrigin } from "../contract/desktop.ts";

const recording = /^\/media\/[\w-]{1,100}$/;

/** @param forward sends a request to the station */
export function mediaScheme(
  forward: (request: Request, path: string) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    const isOurs = url !== undefined && `${url.protocol}//${url.host}` === mediaOrigin && recording.test(url.pathname);
    if (!isOurs) return new Response(null, { status: 404 });
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
    return forward(request, url.pathname);
  };
}
