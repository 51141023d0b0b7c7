/**
 * `app://archivist/…`: serves the built pages with their policy, and forwards their requests to the station's server.
 */
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { pagePolicy } from "../api/http/page-policy.ts";
import { pagesOrigin } from "../contract/desktop.ts";

const contentPolicy = pagePolicy("media:");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".aff": "text/plain; charset=utf-8",
  ".dic": "text/plain; charset=utf-8",
};

/** Paths that the station answers, not the folder of the pages. Recordings have their own scheme. */
const ofStation = /^\/(api\/session(\/redeem)?|(peaks|pictures|shots)\/[^/]+|files\/[^/]+\/[^/]+|uploads\/[^/]+)$/;

interface AppSchemeOptions {
  /** Folder with the built pages. */
  readonly pages: string;
  readonly forward: (request: Request, path: string) => Promise<Response>;
}

/** @returns the handler of a page's requests; it never throws */
export function appScheme({ pages, forward }: AppSchemeOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
    if (url === undefined || `${url.protocol}//${url.host}` !== pagesOrigin) return refused(404);
    if (ofStation.test(url.pathname)) return forward(request, url.pathname + url.search);
    if (request.method !== "GET" && request.method !== "HEAD") return refused(405);
    return page(pages, url.pathname, request.method === "HEAD");
  };
}

const refused = (status: number): Response => new Response(null, { status, headers: ownHeaders("text/plain") });

const ownHeaders = (type: string): Record<string, string> => ({
  "content-type": type,
  "content-security-policy": contentPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
});

async function page(folder: string, pathname: string, isHead: boolean): Promise<Response> {
  let name: string;
  try {
    name = decodeURIComponent(pathname === "/" ? "/index.html" : pathname);
  } catch {
    return refused(400);
  }
  const path = join(folder, name);
  // Encoded dots and slashes cannot leave the folder.
  if (!path.startsWith(folder + sep) || name.includes("\0")) return refused(404);
  const type = types[extname(path).toLowerCase()];
  if (type === undefined) return refused(404);
  try {
    const content = await readFile(path);
    return new Response(isHead ? null : new Uint8Array(content), { status: 200, headers: ownHeaders(type) });
  } catch {
    return refused(404);
  }
}
