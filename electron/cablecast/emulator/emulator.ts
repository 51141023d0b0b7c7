/**
 * An emulated Cablecast server for practice and tests, as far as the facts are known (electron/cablecast/README.md,
 * "The API"). It listens on this machine only.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import multipart from "@fastify/multipart";
import fastify, { type FastifyInstance } from "fastify";
import type { Credentials } from "../client/http.ts";
import { addApi, sendError } from "./api.ts";
import { Content, type ContentTools } from "./content.ts";
import { type Faults, noFaults } from "./faults.ts";
import { PracticeServer } from "./practice-server.ts";
import { addPublicFiles } from "./public-files.ts";
import { seed } from "./seed.ts";
import { Tables } from "./tables.ts";

/** Credentials for practice; they are public and give access to nothing else. */
export const practiceCredentials: Credentials = { user: "practice", secret: "practice" };

export interface EmulatorOptions {
  /** Folder of the content drive and, if `isLasting`, of the stored records. */
  readonly folder: string;
  readonly tools: ContentTools;
  /** 0: any free port. */
  readonly port?: number;
  /** True: records are kept for the next start. */
  readonly isLasting?: boolean;
  readonly credentials?: Credentials;
  readonly now?: () => Date;
}

/** A call that the server received, for tests of what is sent. */
export interface SeenCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

export interface Emulator {
  readonly url: string;
  /** Folder that stands for the content drive. */
  readonly content: string;
  readonly faults: Faults;
  readonly tables: Tables;
  readonly calls: readonly SeenCall[];
  close(): Promise<void>;
}

const maxBytes = 512 * 1024 ** 2;
/** Calls that are kept; each with its body. */
const maxCalls = 2_000;
const pagePolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; media-src 'self'; connect-src 'self'; frame-ancestors 'none'";

export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const content = join(options.folder, "content");
  await mkdir(content, { recursive: true });
  const tables = new Tables(options.isLasting ? join(options.folder, "cablecast.json") : undefined);
  const now = options.now ?? (() => new Date());
  if (tables.isEmpty) seed(tables, now());
  const faults = noFaults();
  const drive = new Content(content, tables, options.tools, () => faults.staleCaptions);
  const uploadFolder = join(options.folder, "uploads");
  const station = new PracticeServer({ tables, content: drive, faults, now, uploadFolder });
  const calls: SeenCall[] = [];
  const app = fastify({
    bodyLimit: maxBytes,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
    forceCloseConnections: true,
  });
  let url = "";
  const api = { station, credentials: options.credentials ?? practiceCredentials, base: () => url };
  await app.register(multipart, { limits: { fileSize: maxBytes } });
  app.setErrorHandler((error, _, reply) => sendError(station, error, reply));
  addFaults(app, station, calls);
  addApi(app, api);
  addPublicFiles(app, api);
  await drive.scan();
  url = await app.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  return {
    url,
    content,
    faults,
    tables,
    calls,
    close: async () => {
      await app.close();
      await station.close();
    },
  };
}

function addFaults(app: FastifyInstance, station: PracticeServer, calls: SeenCall[]): void {
  const { faults } = station;
  app.addHook("onRequest", async (request, reply) => {
    const { host = "", origin } = request.headers;
    // Its password is known to all: pages of other sites must not reach it, by whatever name.
    const isOwn = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
    if (!isOwn || (origin !== undefined && origin !== `http://${host}`)) {
      return reply.status(403).type("text/plain").send("Only programs and pages of this machine may call this server.");
    }
    reply.header("content-security-policy", pagePolicy);
    return undefined;
  });
  app.addHook("preHandler", async (request, reply) => {
    const { method, url, headers, body } = request;
    calls.push({ method, url, headers, body });
    if (calls.length > maxCalls) calls.shift();
    if (faults.slowMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.slowMs));
    if (faults.badGateways > 0) {
      faults.badGateways--;
      return reply.status(502).type("text/html").send("<html><body><h1>502 Bad Gateway</h1></body></html>");
    }
    if (faults.refuseWrites && method !== "GET") {
      return reply.status(403).type("text/plain").send("This distribution supports only cachable requests.");
    }
    return undefined;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const [path = ""] = request.url.split("?");
    const lost = faults.loseAnswers.indexOf(`${request.method} ${path.toLowerCase()}`);
    if (lost < 0) return payload;
    faults.loseAnswers.splice(lost, 1);
    // The call was carried out, but the response is lost.
    reply.raw.destroy();
    return payload;
  });
}
