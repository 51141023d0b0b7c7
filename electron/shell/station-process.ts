/**
 * The station's process under Electron: a utility process, so that a crash of native code takes down neither windows
 * nor menus (README.md, "The station's process"). It opens the same station as `archivist serve`; pages call it over
 * ports, and streams come from the same HTTP server, on a socket that only the main process knows.
 */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { MessagePortMain, ParentPort } from "electron";
import { startHttpServer } from "../api/http/server.ts";
import { servePort } from "../api/port.ts";
import { programVersion } from "../config/program-version.ts";
import { toArchivistError } from "../contract/errors.ts";
import { type Host, openHost } from "../host.ts";
import { followActivity } from "../monitoring/activity.ts";
import { type FromStation, stationArgumentsSchema, toStationSchema } from "./station-messages.ts";
import { stationHostName } from "./station-socket.ts";

const { parentPort } = process as NodeJS.Process & { readonly parentPort: ParentPort };
const send = (message: FromStation): void => parentPort.postMessage(message);

/** Requests to the main process that await its `done`, by number. */
const asked = new Map<number, PromiseWithResolvers<void>>();

function reveal(path: string): Promise<void> {
  const number = asked.size === 0 ? 1 : Math.max(...asked.keys()) + 1;
  const answer = Promise.withResolvers<void>();
  asked.set(number, answer);
  send({ kind: "reveal", number, path });
  return answer.promise;
}

/** An unguessable name: pipes of Windows have no folder that could keep other users out. */
function socketPath(runFolder: string): string {
  const name = `station-${randomBytes(12).toString("hex")}`;
  return process.platform === "win32" ? `\\\\.\\pipe\\archivist-${name}` : join(runFolder, `${name}.sock`);
}

async function run(): Promise<Host> {
  const {
    dataFolder: requested,
    runFolder,
    isSafe,
    since,
    mayMakeKeyFile,
    restore,
  } = stationArgumentsSchema.parse(JSON.parse(process.argv[2] ?? "{}"));
  const host = openHost({
    dataFolder: requested,
    purpose: "Archivist",
    mayMakeKeyFile,
    restore,
    abilities: {
      reveal,
      isSafe,
      restart: (backup) => send({ kind: "restart", ...(backup === undefined ? {} : { restore: backup }) }),
    },
  });
  try {
    const { api, station } = host;
    const socket = socketPath(runFolder);
    await startHttpServer({ services: api, host: stationHostName, port: 0, socket });
    if (!isSafe) await host.start();
    followActivity({ catalog: api.station.catalog, ...api.runtime }, since, {
      onWork: (work) => send({ kind: "work", work }),
      onEnded: ({ id, type, title, state, errorMessage, transcriptionId, completedDate }) =>
        send({
          kind: "ended",
          jobId: id,
          type,
          title,
          state: state === "failed" ? "failed" : "completed",
          date: completedDate ?? "",
          ...(errorMessage === null ? {} : { reason: errorMessage }),
          transcriptionId,
        }),
    });
    // Only for the person who sets the station up: later, starting the program makes no one an admin.
    const ticket = api.sessions.isFirstRun ? api.sessions.makeTicket() : null;
    const { url } = station.settings.cablecast;
    const origins = url !== null && URL.canParse(url) ? [new URL(url).origin] : [];
    const dataFolder = station.folder.root;
    const checksForUpdates = station.settings.updates.automatic;
    send({ kind: "ready", socket, ticket, version: programVersion(), dataFolder, origins, checksForUpdates });
    return host;
  } catch (thrown) {
    await host.close();
    throw thrown;
  }
}

/** Time for the last message to arrive, in milliseconds. */
const lastWordsMs = 200;

/**
 * An unhandled rejection would go unnoticed: a utility process does not end by it (README.md, "The station's process").
 */
process.on("unhandledRejection", (reason) => {
  throw reason;
});

const opened = run().catch((thrown: unknown) => {
  const { code, reason, remedy } = toArchivistError(thrown);
  send({ kind: "failed", code, message: reason, remedy });
  setTimeout(() => process.exit(1), lastWordsMs);
  return undefined;
});

let isStopping = false;

async function stop(drain: boolean): Promise<void> {
  // The user has stopped waiting for the drain: children end with this process, and rows stay.
  if (isStopping && !drain) process.exit(0);
  isStopping = true;
  try {
    await (await opened)?.close({ drain });
  } finally {
    send({ kind: "stopped" });
    // Sends the last message first.
    setImmediate(() => process.exit(0));
  }
}

function admit(port: MessagePortMain | undefined, token: string | undefined): void {
  if (port === undefined) return;
  void opened.then((host) => {
    // Clients that have not signed in get no port: signing in is done by the server, which counts the attempts.
    if (host?.api.sessions.findPerson(token) === undefined) {
      port.close();
      return;
    }
    servePort(port, host.api, token);
    port.start();
  });
}

async function prepare(number: number): Promise<void> {
  const problem = await (await opened)?.prepareUpdate().then(
    () => undefined,
    (thrown: unknown) => toArchivistError(thrown).reason,
  );
  send({ kind: "prepared", number, ...(problem === undefined ? {} : { problem }) });
}

parentPort.on("message", ({ data, ports }) => {
  const parsed = toStationSchema.safeParse(data);
  if (!parsed.success) return;
  const message = parsed.data;
  if (message.kind === "client") admit(ports[0], message.token);
  else if (message.kind === "beat") send({ kind: "beat", number: message.number });
  else if (message.kind === "prepare") void prepare(message.number);
  else if (message.kind === "stop") void stop(message.drain);
  else {
    const answer = asked.get(message.number);
    asked.delete(message.number);
    if (message.problem === undefined) answer?.resolve();
    else answer?.reject(new Error(message.problem));
  }
});
