/** Every procedure, on every transport, by everybody: nobody may do more than the contract says, and nobody less. */
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import WebSocket from "ws";
import { hashPassword } from "../../../electron/access/passwords.ts";
import { createApiServices } from "../../../electron/api/api-services.ts";
import { neededRole } from "../../../electron/api/implement.ts";
import { servePort } from "../../../electron/api/port.ts";
import { addPerson } from "../../../electron/catalog/repositories/people.ts";
import { mayAct, type Role, roles } from "../../../electron/contract/api/base.ts";
import { contract } from "../../../electron/contract/api/contract.ts";
import { openStation } from "../../../electron/station.ts";
import type { AttackedStation } from "./attacked-station.ts";

interface Procedure {
  readonly name: string;
  readonly group: string;
  readonly member: string;
  readonly role: string | undefined;
  readonly method: string;
  readonly path: string;
}

const procedures: readonly Procedure[] = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([member, procedure]) => {
    const { route } = procedure["~orpc"] as { route: { method?: string; path?: string } };
    return {
      name: `${group}.${member}`,
      group,
      member,
      role: neededRole(procedure),
      method: route.method ?? "POST",
      path: (route.path ?? "").replace(/\{[^}]+\}/g, "x"),
    };
  }),
);

/** They would end what is being tried. */
const ending = new Set(["session.signOut", "station.restart", "session.changePerson", "session.end"]);

type Client = Record<string, Record<string, (input: unknown) => Promise<unknown>>>;

interface MatrixTally {
  calls: number;
  readonly wrong: string[];
}

/** Longer than any call takes that is answered at all. */
const patienceMs = 15_000;

const late = (): Promise<"late"> =>
  new Promise((resolve) => {
    setTimeout(() => resolve("late"), patienceMs).unref();
  });

type Judge = (procedure: Procedure) => Promise<"nobody" | "role" | "through">;

function judgeCode(code: unknown): "nobody" | "role" | "through" {
  if (code === "UNAUTHORIZED" || code === 401) return "nobody";
  return code === "FORBIDDEN" || code === 403 ? "role" : "through";
}

async function tryAll(tally: MatrixTally, who: Role | undefined, transport: string, judge: Judge): Promise<void> {
  for (const procedure of procedures) {
    const { name, role } = procedure;
    const isForAll = role === undefined || role === "anyone";
    const isAllowed = isForAll || (who !== undefined && mayAct(who, role as Role));
    if (isAllowed && ending.has(name)) continue;
    // Signing in refuses garbage itself, in the words for nobody.
    if (isForAll && name.startsWith("session.")) continue;
    const expected = isAllowed ? "through" : who === undefined ? "nobody" : "role";
    const found = await Promise.race([judge(procedure), late()]);
    tally.calls++;
    if (found !== expected)
      tally.wrong.push(`${name} on ${transport} by ${who ?? "nobody"}: ${found}, not ${expected}`);
  }
}

function judgeClient(client: Client): Judge {
  return async ({ group, member }) => {
    const work = client[group]?.[member]?.({ nonsense: true });
    try {
      const output = await work;
      // A stream is closed without being read.
      await (output as AsyncIterator<unknown> | undefined)?.return?.();
      return "through";
    } catch (thrown) {
      return judgeCode((thrown as { code?: unknown }).code);
    }
  };
}

async function overSocket(station: AttackedStation, tally: MatrixTally): Promise<void> {
  for (const who of roles) {
    const websocket = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, {
      headers: { authorization: `Bearer ${station.tokens[who]}` },
    });
    await new Promise((resolve, reject) => websocket.once("open", resolve).once("error", reject));
    const client = createORPCClient(new SocketLink({ websocket: websocket as never })) as unknown as Client;
    await tryAll(tally, who, "a socket", judgeClient(client));
    websocket.terminate();
  }
}

async function overPort(dataFolder: string, tally: MatrixTally): Promise<void> {
  const station = openStation({ dataFolder, environment: {}, purpose: "an attack" });
  const { services, runtime } = station;
  const api = createApiServices({ station: services, runtime, version: "1.2.3", environment: {} });
  try {
    await runtime.start();
    await api.sessions.redeem(api.sessions.makeTicket(), "admin", "correct horse");
    const passwordHash = await hashPassword("correct horse");
    for (const role of ["operator", "user"] as const) addPerson(services.catalog, { name: role, passwordHash, role });
    for (const who of [undefined, ...roles]) {
      const token = who === undefined ? undefined : (await api.sessions.signIn(who, "correct horse", "port")).token;
      const { port1, port2 } = new MessageChannel();
      servePort(port2 as never, api, token);
      const client = createORPCClient(new PortLink({ port: port1 as never })) as unknown as Client;
      port1.start();
      await tryAll(tally, who, "a port", judgeClient(client));
      port1.close();
    }
  } finally {
    api.models.close();
    api.editing.close();
    await runtime.stop();
    await station.close();
  }
}

const opensFor = (station: AttackedStation, token: string | undefined): Promise<boolean> =>
  new Promise((resolve) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`${station.url.replace("http", "ws")}/api/ws`, { headers });
    socket.once("open", () => {
      socket.terminate();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });

/** @param portFolder data folder of another station, for the transport within one process */
export async function tryRoles(station: AttackedStation, portFolder: string): Promise<MatrixTally> {
  const tally: MatrixTally = { calls: 0, wrong: [] };
  for (const who of [undefined, ...roles]) {
    const token = who === undefined ? undefined : station.tokens[who];
    await tryAll(tally, who, "HTTP", async ({ method, path }) => {
      const controller = new AbortController();
      const answer = await fetch(station.url + path, {
        method,
        signal: controller.signal,
        headers: {
          "content-type": "application/json",
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(method === "GET" ? {} : { body: '{"nonsense":true}' }),
      });
      const { status } = answer;
      controller.abort();
      return judgeCode(status);
    });
  }
  await overSocket(station, tally);
  await overPort(portFolder, tally);
  if (await opensFor(station, undefined)) tally.wrong.push("nobody may open a socket");
  return tally;
}
