/** Serves the contract over HTTP and WebSocket, and the pages of the workstation. */
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import rateLimit from "@fastify/rate-limit";
import fastifyStatic from "@fastify/static";
import { OpenAPIHandler } from "@orpc/openapi/fastify";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { minuteMs, secondMs } from "../../captions/time/durations.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { ApiContext, ApiServices } from "../context.ts";
import { toApiError } from "../errors.ts";
import { router } from "../router.ts";
import { addFiles } from "./files.ts";
import {
  cookieHeader,
  getClient,
  isOwnHost,
  isOwnOrigin,
  isPlainPath,
  type OwnNames,
  ownNames,
  parseToken,
} from "./guard.ts";
import { addMedia } from "./media.ts";
import { formatReference, makeApiDocument } from "./openapi.ts";
import { pagePolicy } from "./page-policy.ts";
import { addRecordingViews } from "./recording-views.ts";
import { addSockets } from "./sockets.ts";

export interface HttpServerOptions {
  readonly services: ApiServices;
  /** Address to listen on; anything but loopback needs a certificate or a proxy. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /**
   * Path of a socket (on Windows the name of a pipe) to listen on instead: no other machine, and no other user of this
   * one, can reach it. Clients send the name in `host` as their `Host` header.
   */
  readonly socket?: string | undefined;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  /** Name of a proxy in front of the server, which speaks HTTPS. */
  readonly proxyName?: string | undefined;
  /** Folder with the built pages; undefined: only the API is served. */
  readonly pages?: string | undefined;
  /** Calls per minute from one address. */
  readonly callsPerMinute?: number;
  /** Milliseconds within which the body of a call has to be there. */
  readonly bodyMs?: number;
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** JSON of a call: a batch of a thousand ids is far below. */
const maxBodyBytes = 1024 * 1024;
/** A segment of an upload; the announced size of the whole file limits it, too. */
const maxSegmentBytes = 64 * 1024 * 1024;
const defaultHttpPort = 80;
const defaultCallsPerMinute = 3_000;
/** A body that drips holds a socket: calls are small, and a segment of an upload comes in pieces. */
const defaultBodyMs = 30 * secondMs;
const segmentIdleMs = minuteMs;

const loopback = new Set(["127.0.0.1", "::1", "localhost"]);

const contentPolicy = pagePolicy("'self' blob:");

/** @throws ArchivistError `usage.invalid` for an open address without a certificate or proxy */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { services, host, port, socket, tls, proxyName, pages } = options;
  if (socket === undefined && !loopback.has(host) && tls === undefined && proxyName === undefined) {
    throw new ArchivistError("usage.invalid", {
      subject: host,
      cause: "other machines could read everything on the way",
      remedy: "Give a certificate (--cert and --key), or say which proxy speaks HTTPS in front of it (--behind NAME).",
    });
  }
  const app = fastify({
    ...(tls === undefined ? {} : { https: tls }),
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    // A proxy on this machine reports the caller's address; otherwise all callers would share one rate limit.
    trustProxy: proxyName === undefined ? false : "loopback",
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  }) as unknown as FastifyInstance;
  const isSecure = tls !== undefined || proxyName !== undefined;
  let own: OwnNames = ownNames(proxyName ?? host, port, isSecure);
  // Browsers take it for all servers of this name: of a proxy it is the proxy's affair, and a month is long enough.
  if (tls !== undefined && proxyName === undefined) {
    app.addHook("onRequest", async (_, reply) => {
      reply.header("strict-transport-security", `max-age=${30 * 86_400}`);
    });
  }
  app.addHook("onRequest", async (request, reply) => guard(request, reply, own, options.bodyMs ?? defaultBodyMs));
  app.setErrorHandler((error, _, reply) => sendError(services, error, reply));
  await app.register(rateLimit, {
    max: options.callsPerMinute ?? defaultCallsPerMinute,
    timeWindow: minuteMs,
    // A socket has no addresses.
    // A caller that has gone already has none, either.
    keyGenerator: ({ ip }) => (socket === undefined ? (ip ?? "gone") : "socket"),
  });
  // A call without input may send an empty body, whatever its headers say.
  const parseJson = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) =>
    body === "" ? done(null, undefined) : parseJson(request, body as string, done),
  );
  // A proxy's callers may be anywhere.
  const isOnMachine = proxyName === undefined && (socket !== undefined || loopback.has(host));
  const isDesktop = socket !== undefined;
  addCalls(app, services, { isSecure, isOnMachine, isDesktop });
  await addUploads(app, services);
  const isSignedIn = (request: FastifyRequest): boolean =>
    services.sessions.findPerson(parseToken(request.headers)) !== undefined;
  addMedia(app, services, isSignedIn);
  addFiles(app, services, isSignedIn);
  addRecordingViews(app, services, isSignedIn);
  await addReference(app, services);
  if (pages !== undefined) await app.register(fastifyStatic, { root: pages, cacheControl: false, index: "index.html" });
  const sockets = addSockets({
    server: app.server,
    services,
    own: () => own,
    getAddress: (request) => getAddress(request, proxyName !== undefined),
    createContext: ({ headers }, caller) =>
      createContext(services, { ...caller, isOnMachine, client: getClient(headers, isDesktop) }),
  });
  const close = async (): Promise<void> => {
    sockets.close();
    await app.close();
  };
  await app.listen(socket === undefined ? { host, port } : { path: socket });
  if (socket !== undefined) {
    own = ownNames(host, defaultHttpPort, false);
    return { url: `http://${host}`, close };
  }
  const address = app.server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  own = ownNames(proxyName ?? host, proxyName === undefined ? actual : 443, isSecure);
  const name = host === "::1" ? "[::1]" : host;
  return { url: `${tls === undefined ? "http" : "https"}://${name}:${actual}`, close };
}

async function guard(
  request: FastifyRequest,
  reply: FastifyReply,
  own: OwnNames,
  bodyMs: number,
): Promise<FastifyReply | undefined> {
  const { host, origin } = request.headers;
  reply
    .header("content-security-policy", contentPolicy)
    .header("x-content-type-options", "nosniff")
    .header("referrer-policy", "no-referrer")
    .header("cross-origin-resource-policy", "same-origin")
    .header("cross-origin-opener-policy", "same-origin");
  // Answers are about people and meetings: no cache on the way, and none on a shared computer, keeps them.
  if (/^\/(api|async|episodes|login|logout|uploads)\b/.test(request.url)) reply.header("cache-control", "no-store");
  if (!isOwnHost(host, own)) return reply.status(421).send({ message: "This server is not known by that name." });
  if (!isOwnOrigin(origin, host, own)) {
    return reply.status(403).send({ message: "Pages of other sites may not call this server." });
  }
  // One spelling for each call: limits and logs know it by that.
  if (!isPlainPath(request.raw.url)) return reply.status(400).send({ message: "This address is not spelled plainly." });
  limitBody(request, bodyMs);
  return undefined;
}

/** Closes the connection of a request whose body does not come to its end. */
function limitBody({ raw, url }: FastifyRequest, bodyMs: number): void {
  if (raw.method === "GET" || raw.method === "HEAD") return;
  if (url.startsWith("/uploads/")) {
    // Node.js ends a socket that times out. A listener of our own would stay for each segment that the socket carries.
    raw.socket.setTimeout(segmentIdleMs);
    return;
  }
  const timer = setTimeout(() => {
    if (!raw.complete) raw.socket.destroy();
  }, bodyMs);
  raw.once("close", () => clearTimeout(timer));
}

/** Where a request comes from. A proxy on this machine says whose it is. */
function getAddress({ socket, headers }: IncomingMessage, isBehindProxy: boolean): string {
  const own = socket.remoteAddress ?? "socket";
  const forwarded = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .at(-1)
    ?.trim();
  return isBehindProxy && isLoopback(own) && forwarded ? forwarded : own;
}

const isLoopback = (address: string): boolean => /^(::ffff:)?127\.|^::1$/.test(address);

function sendError({ station }: ApiServices, error: unknown, reply: FastifyReply): FastifyReply {
  const status = (error as { statusCode?: number }).statusCode;
  // Fastify's own errors: too large, too many, malformed.
  if (status !== undefined && status < 500) {
    return reply.status(status).send({ message: error instanceof Error ? error.message : "It was refused." });
  }
  const api = toApiError(error);
  if (api.code === "INTERNAL_SERVER_ERROR") station.logger.error("a request has failed", { error });
  return reply.status(api.status).send({ defined: true, code: api.code, message: api.message, data: api.data });
}

interface HttpContext extends ApiContext {
  /** The status that a handler has set. */
  readonly status: () => number | undefined;
}

type Caller = Pick<ApiContext, "token" | "address" | "connection" | "isOnMachine" | "client"> &
  Partial<Pick<ApiContext, "keepToken">>;

function createContext(services: ApiServices, caller: Caller): HttpContext {
  let status: number | undefined;
  return {
    services,
    // A socket cannot set a cookie.
    keepToken: () => undefined,
    ...caller,
    person: () => services.sessions.findPerson(caller.token),
    answerWith: (own) => {
      status = own;
    },
    status: () => status,
  };
}

interface CallOptions {
  readonly isSecure: boolean;
  readonly isOnMachine: boolean;
  /** Every caller is the desktop program's page. */
  readonly isDesktop: boolean;
}

function addCalls(app: FastifyInstance, services: ApiServices, options: CallOptions): void {
  const { isSecure, isOnMachine, isDesktop } = options;
  const handler = new OpenAPIHandler<HttpContext>(router, {
    interceptors: [
      async ({ next, context }) => {
        const result = await next();
        const status = context.status();
        return result.matched && status !== undefined
          ? { ...result, response: { ...result.response, status } }
          : result;
      },
    ],
  });
  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const keepToken = (token: string | undefined): void =>
      void reply.header("set-cookie", cookieHeader(token, isSecure));
    const { ip: address } = request;
    const client = getClient(request.headers, isDesktop);
    const caller = {
      token: parseToken(request.headers),
      address,
      connection: undefined,
      isOnMachine,
      client,
      keepToken,
    };
    const context = createContext(services, caller);
    const { matched } = await handler.handle(request, reply, { context });
    return matched ? reply : reply.status(404).send({ message: "There is no such call." });
  };
  for (const url of ["/api/*", "/async/*", "/episodes", "/episodes/*", "/login", "/logout"]) {
    app.route({ method: ["GET", "POST", "PUT", "PATCH", "DELETE"], url, exposeHeadRoute: false, handler: handle });
  }
}

/** Segments of uploads: the body is the raw bytes. */
async function addUploads(app: FastifyInstance, services: ApiServices): Promise<void> {
  await app.register(async (scope) => {
    scope.addContentTypeParser("application/octet-stream", (_, payload, done) => done(null, payload));
    scope.put("/uploads/:id", { bodyLimit: maxSegmentBytes }, async (request, reply) => {
      const token = parseToken(request.headers);
      const person = services.sessions.findPerson(token);
      services.sessions.touch(token);
      if (person === undefined) throw new ArchivistError("session.nobody");
      if (person.role === "user") throw new ArchivistError("session.role");
      const { id } = request.params as { id: string };
      const offset = Number((request.query as { offset?: string }).offset);
      if (!Number.isSafeInteger(offset) || offset < 0) throw new ArchivistError("upload.misplaced");
      if (Number(request.headers["content-length"] ?? 0) > maxSegmentBytes) return reply.status(413).send();
      return services.uploads.receive(id, person.id, offset, request.body as Readable);
    });
  });
}

async function addReference(app: FastifyInstance, { version }: ApiServices): Promise<void> {
  const document = await makeApiDocument(version);
  app.get("/api/openapi.json", async () => document);
  app.get("/api/reference", async (_, reply) =>
    reply
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .type("text/html; charset=utf-8")
      .send(formatReference(document)),
  );
}
