/** Nonsense for every procedure, made from the interface's own document, over HTTP and over sockets. */
import fc from "fast-check";
import WebSocket from "ws";
import { makeApiDocument } from "../../../electron/api/http/openapi.ts";
import { roles } from "../../../electron/contract/api/base.ts";
import { type AttackedStation, call } from "./attacked-station.ts";

export interface FuzzTally {
  sent: number;
  /** By class of status: 2 to 5. */
  readonly statuses: Record<string, number>;
  readonly wrong: string[];
}

/** They would end what is being tried, or change who may try. */
const ending = /^\/api\/(restart|session|people|sessions|backups|shutdown)\b/;

interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(2 ** 53, -1, 1e308, "\0", "\u202e", "../../etc/passwd", "a".repeat(20_000), null, [], {}),
  fc.constant({ __proto__: null, constructor: { prototype: { admin: true } } }),
  fc.constantFrom("%n%n%s", "'; DROP TABLE jobs; --", "<script>alert(1)</script>", "{{7*7}}", "$(reboot)"),
);

/** Values that are like what is asked for, with something wrong in every third place. */
function like(schema: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  if (schema === undefined || depth > 5) return odd;
  const right = rightLike(schema, depth);
  return fc.oneof({ weight: 2, arbitrary: right }, { weight: 1, arbitrary: odd });
}

function rightLike(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined && schema.anyOf.length > 0) {
    return fc.oneof(...schema.anyOf.map((each) => like(each, depth + 1)));
  }
  if (schema.properties !== undefined) {
    const parts = Object.entries(schema.properties).map(([key, inner]) => [key, like(inner, depth + 1)] as const);
    return fc.record(Object.fromEntries(parts), { requiredKeys: [] });
  }
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "array":
      return fc.array(like(schema.items, depth + 1), { maxLength: 5 });
    case "integer":
      return fc.integer();
    case "number":
      return fc.double();
    case "boolean":
      return fc.boolean();
    case "string":
      return fc.string({ unit: "grapheme", maxLength: 30 });
    default:
      return odd;
  }
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly body: Schema | undefined;
}

async function listOperations(): Promise<readonly Operation[]> {
  const document = await makeApiDocument("1.2.3");
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods ?? {}).map(([method, operation]) => {
      const { requestBody } = operation as {
        requestBody?: { content?: Record<string, { schema?: Schema }> };
      };
      return { method: method.toUpperCase(), path, body: requestBody?.content?.["application/json"]?.schema };
    }),
  );
}

/** Servers, shares and programs that do not answer; the health of the station; and how the earlier system says that something failed. */
const known = /"code":"(tool|engine|share|disk|host|media|cablecast)\.|"healthy":|"success":false/;

/** Words of the program's own code, which no answer may have. */
const internals = /\bat [^\n]*\.(ts|js|mjs):\d+|node:internal|SQLITE_|\/electron\/[a-z-]+\//;

/** @param secrets that no answer may have */
export async function fuzzHttp(
  station: AttackedStation,
  { count, seed, secrets }: { readonly count: number; readonly seed: number; readonly secrets: readonly string[] },
): Promise<FuzzTally> {
  const operations = (await listOperations()).filter(({ path }) => !ending.test(path));
  const tally: FuzzTally = { sent: 0, statuses: {}, wrong: [] };
  const param = fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.constantFrom("1", "x", "..", "%00", "-1"));
  const request = fc
    .constantFrom(...operations)
    .chain((operation) =>
      fc.tuple(fc.constant(operation), like(operation.body), param, fc.constantFrom(undefined, ...roles)),
    );
  const samples = fc.sample(request, { numRuns: count, seed });
  const one = async ([operation, body, value, role]: (typeof samples)[number]): Promise<void> => {
    const path = operation.path.replace(/\{[^}]+\}/g, encodeURIComponent(value));
    const query = operation.method === "GET" ? `?q=${encodeURIComponent(JSON.stringify(body) ?? "")}` : "";
    const controller = new AbortController();
    // Streams do not end by themselves, and one call of the earlier system waits for its job.
    const timer = setTimeout(() => controller.abort(), 10_000);
    const isStream = /watch|changes|sync\/shows/.test(path);
    try {
      const answer = await fetch(station.url + path + query, {
        method: operation.method,
        signal: controller.signal,
        headers: {
          "content-type": "application/json",
          ...(role === undefined ? {} : { authorization: `Bearer ${station.tokens[role]}` }),
        },
        ...(operation.method === "GET" ? {} : { body: JSON.stringify(body) ?? "" }),
      });
      const text = isStream && answer.ok ? "" : await answer.text();
      const kind = String(Math.floor(answer.status / 100));
      tally.statuses[kind] = (tally.statuses[kind] ?? 0) + 1;
      if (answer.status >= 500 && !known.test(text)) {
        tally.wrong.push(`${operation.method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
      }
      if (internals.test(text)) tally.wrong.push(`${operation.method} ${path} tells internals: ${text.slice(0, 300)}`);
      const told = secrets.find((secret) => text.includes(secret));
      if (told !== undefined) tally.wrong.push(`${operation.method} ${path} tells a secret`);
    } catch (thrown) {
      if (!controller.signal.aborted || !isStream) tally.wrong.push(`${operation.method} ${path}: ${String(thrown)}`);
    } finally {
      clearTimeout(timer);
      controller.abort();
      tally.sent++;
    }
  };
  const lanes = 8;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let index = lane; index < samples.length; index += lanes) {
        if (station.hasEnded()) return;
        await one(samples[index] as (typeof samples)[number]);
      }
    }),
  );
  return tally;
}

/** Messages that are no calls, nearly calls, and calls of nothing; each ends in an answer or a closed socket. */
export async function fuzzSockets(station: AttackedStation, count: number, seed: number): Promise<FuzzTally> {
  const tally: FuzzTally = { sent: 0, statuses: {}, wrong: [] };
  const message = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .record({ i: odd, t: fc.constantFrom(undefined, 1, 2, 3, 4, 9), p: fc.oneof(odd, fc.record({ u: odd, b: odd })) })
      .map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.constantFrom("/queue/watch", "/station/settings", "/no/such", "/editor/open"), odd)
      .map(([u, b]) => JSON.stringify({ i: "1", p: { u, b: { json: b } } })),
  );
  const samples = fc.sample(message, { numRuns: count, seed });
  let socket: WebSocket | undefined;
  const open = (): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const next = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, {
        headers: { authorization: `Bearer ${station.tokens.user}` },
      });
      next.on("error", () => undefined);
      next.once("open", () => resolve(next)).once("close", reject);
    });
  for (const sample of samples) {
    if (station.hasEnded()) break;
    if (socket === undefined || socket.readyState !== WebSocket.OPEN) {
      socket?.terminate();
      socket = await open();
    }
    socket.send(sample);
    tally.sent++;
    // Some wait to see what comes of them, most do not.
    if (tally.sent % 50 === 0) {
      const { status } = await call(station, "GET", "/api/session", { token: station.tokens.user });
      tally.statuses[String(Math.floor(status / 100))] = (tally.statuses[String(Math.floor(status / 100))] ?? 0) + 1;
      if (status !== 200) tally.wrong.push(`after message ${tally.sent}: ${status}`);
    }
  }
  socket?.terminate();
  const lines = station.journal().split("\n").length;
  if (lines > 50) tally.wrong.push(`the journal has ${lines} lines`);
  return tally;
}
