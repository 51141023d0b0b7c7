/** A web server that delivers a file with the faults of real download servers. */
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** How one request is answered. */
export type Behaviour =
  | "well"
  /** Sends this many bytes and breaks the connection. */
  | { readonly breakAfter: number }
  /** Sends this many bytes and then stalls. */
  | { readonly hangAfter: number }
  | { readonly status: number; readonly retryAfter?: string }
  /** Declares this many bytes more than the file has. */
  | { readonly lieAboutSize: number }
  | "ignores-ranges"
  | "without-validator"
  /** Responds with another range than requested. */
  | "wrong-range"
  | "wrong-bytes"
  /** A sign-in page, as in hotel networks. */
  | "captive-portal"
  | { readonly redirectTo: string };

export interface ModelServer {
  readonly address: string;
  /** The received requests, in order: the path and the range. */
  readonly requests: readonly { readonly url: string; readonly range: string | undefined; readonly host: string }[];
  /** Sets the behavior for the next requests; the last one repeats. */
  behave(...behaviours: readonly Behaviour[]): void;
  /** Serves another file from now on. */
  serve(content: Buffer): void;
}

export async function modelServer(initial: Buffer): Promise<ModelServer> {
  let content = initial;
  let queue: Behaviour[] = ["well"];
  const requests: { url: string; range: string | undefined; host: string }[] = [];
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? "", range: request.headers.range, host: request.headers.host ?? "" });
    const behaviour = (queue.length > 1 ? queue.shift() : queue[0]) ?? "well";
    answer(request, response, behaviour, content);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    behave: (...behaviours) => {
      queue = [...behaviours];
    },
    serve: (other) => {
      content = other;
    },
  };
}

const computeEtag = (content: Buffer): string => `"${createHash("sha1").update(content).digest("hex")}"`;

function answer(request: IncomingMessage, response: ServerResponse, behaviour: Behaviour, content: Buffer): void {
  if (typeof behaviour === "object" && "status" in behaviour) {
    const { status, retryAfter } = behaviour;
    response.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter }).end("no");
    return;
  }
  if (typeof behaviour === "object" && "redirectTo" in behaviour) {
    response.writeHead(302, { location: behaviour.redirectTo }).end();
    return;
  }
  if (behaviour === "captive-portal") {
    response
      .writeHead(200, { "content-type": "text/html", "content-length": "26" })
      .end("<html>Please sign in.</html>".slice(0, 26));
    return;
  }
  const body = behaviour === "wrong-bytes" ? Buffer.from(content).fill(7, 1_000, 2_000) : content;
  const validators = behaviour === "without-validator" ? {} : { etag: computeEtag(content) };
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? "");
  const mayResume = behaviour !== "ignores-ranges" && request.headers["if-range"] === computeEtag(content);
  const from = range !== null && mayResume ? Number(range[1]) : 0;
  if (from >= body.length && from > 0) {
    response.writeHead(416, { "content-range": `bytes */${body.length}` }).end();
    return;
  }
  const part = body.subarray(from);
  const lie = typeof behaviour === "object" && "lieAboutSize" in behaviour ? behaviour.lieAboutSize : 0;
  const told = from + (behaviour === "wrong-range" ? 10 : 0);
  response.writeHead(from > 0 ? 206 : 200, {
    ...validators,
    "content-length": String(part.length + lie),
    ...(from > 0 ? { "content-range": `bytes ${told}-${body.length - 1}/${body.length}` } : {}),
  });
  if (typeof behaviour === "object" && ("breakAfter" in behaviour || "hangAfter" in behaviour)) {
    const count = "breakAfter" in behaviour ? behaviour.breakAfter : behaviour.hangAfter;
    response.write(part.subarray(0, count), () => {
      if ("breakAfter" in behaviour) setTimeout(() => response.destroy(), 20);
    });
    return;
  }
  response.write(part, () => {
    if (lie > 0) response.destroy();
    else response.end();
  });
}
