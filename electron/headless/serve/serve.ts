/** `archivist serve`: runs the station with its pages for a browser. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startHttpServer } from "../../api/http/server.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { openHost } from "../../host.ts";
import { fileError } from "../../platform/file-errors.ts";
import { openSignedIn } from "../open-in-browser.ts";
import type { QueueOptions } from "../queue/open.ts";
import { revealer } from "../reveal.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printJson, printNotice, printResult } from "../terminal/print.ts";
import { userDataFolder, userPath } from "../terminal/user-paths.ts";

export interface ServeOptions extends QueueOptions {
  readonly host?: string;
  readonly port?: number;
  readonly open?: boolean;
  /** A link to sign in with, although accounts exist: for whoever has lost the password. */
  readonly newTicket?: boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly behind?: string;
}

/** Folder with the built pages. */
const pagesFolder = join(import.meta.dirname, "../../../renderer/dist");

/** The default port, easy to remember; any free one is used when it is taken. */
const defaultPort = 8470;

export async function serveCommand(options: ServeOptions): Promise<number> {
  const tls = await readCertificate(options);
  const hasPages = existsSync(join(pagesFolder, "index.html"));
  return interruptible(async (signal) => {
    let port = options.port;
    let restore: string | undefined;
    for (let round = 0; !signal.aborted; round++) {
      const isFirst = round === 0;
      const next = await serveOnce({ options, tls, hasPages, port, signal, isFirst, restore });
      // Pages that are open reconnect to the same address.
      port = next.port;
      restore = next.restore;
    }
    return 0;
  });
}

interface Round {
  readonly options: ServeOptions;
  readonly tls: Awaited<ReturnType<typeof readCertificate>>;
  readonly hasPages: boolean;
  /** undefined: the default port, or any free one. */
  readonly port: number | undefined;
  readonly signal: AbortSignal;
  readonly isFirst: boolean;
  /** A backup to restore first. */
  readonly restore: string | undefined;
}

interface RoundEnd {
  readonly port: number;
  readonly restore: string | undefined;
}

/** Serves until the command is interrupted or a restart of the station is requested. */
async function serveOnce({
  options,
  tls,
  hasPages,
  port,
  signal,
  isFirst,
  restore: requestedBackup,
}: Round): Promise<RoundEnd> {
  const ended = Promise.withResolvers<void>();
  const end = (): void => ended.resolve();
  let restore: string | undefined;
  const host = openHost({
    restore: requestedBackup,
    dataFolder: userDataFolder(options),
    purpose: "archivist serve",
    abilities: {
      reveal: revealer(options.host === undefined),
      // The delay lets the request be answered first.
      restart: (backup) => {
        restore = backup;
        setTimeout(end, restartAfterMs);
      },
    },
  });
  try {
    signal.addEventListener("abort", end, { once: true });
    const { api } = host;
    const pages = hasPages ? pagesFolder : undefined;
    const address = options.host ?? "127.0.0.1";
    const start = (at: number) =>
      startHttpServer({ services: api, host: address, port: at, tls, proxyName: options.behind, pages });
    await host.start();
    const server = await start(port ?? defaultPort).catch((thrown: unknown) => {
      const { code } = thrown as NodeJS.ErrnoException;
      if (port === undefined && code === "EADDRINUSE") return start(0);
      throw toListenError(thrown, `${address}:${port ?? defaultPort}`);
    });
    const needsTicket = api.sessions.isFirstRun || options.newTicket === true || options.open === true;
    const ticket = needsTicket ? api.sessions.makeTicket() : undefined;
    if (isFirst)
      await greet(options, {
        url: options.behind === undefined ? server.url : `https://${options.behind}`,
        ticket,
        hasPages,
        folder: host.station.services.folder.root,
      });
    else printNotice("The station was closed and opened again.");
    await ended.promise;
    signal.removeEventListener("abort", end);
    await server.close();
    return { port: Number(/:(\d+)$/.exec(server.url)?.[1] ?? defaultPort), restore };
  } finally {
    await host.close();
  }
}

const listenCauses: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there already",
  EADDRNOTAVAIL: "this machine does not have that address",
  EACCES: "listening there needs rights that this user does not have",
};

/** @param place address and port */
function toListenError(thrown: unknown, place: string): unknown {
  const cause = listenCauses[(thrown as NodeJS.ErrnoException).code ?? ""];
  if (cause === undefined) return thrown;
  return new ArchivistError("usage.invalid", {
    subject: place,
    cause,
    remedy: "Name another one: --port NUMBER, --host ADDRESS.",
    underlying: thrown,
  });
}

const restartAfterMs = 200;

interface Greeting {
  readonly url: string;
  /** undefined: people sign in with their passwords. */
  readonly ticket: string | undefined;
  readonly hasPages: boolean;
  /** The data folder. */
  readonly folder: string;
}

async function greet(options: ServeOptions, { url, ticket, hasPages, folder }: Greeting): Promise<void> {
  const link = ticket === undefined ? undefined : `${url}/#/sign-in/${ticket}`;
  if (options.json) printJson({ url, sign_in: link ?? null });
  else {
    printResult(`Archivist is at ${url}`);
    if (link === undefined) printNotice("Sign in with name and password. Is one lost? archivist serve --new-ticket");
    else printResult(`Sign in once with this link, within 15 minutes: ${link}`);
    if (!hasPages) printNotice("The pages have not been built: npm run build. The interface is there all the same.");
    printNotice("Ctrl-C ends it. What is not done goes on at the next start.");
  }
  if (options.open && link !== undefined) await openSignedIn(link, folder);
}

async function readCertificate({ cert, key }: ServeOptions) {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new ArchivistError("usage.invalid", { cause: "--cert and --key go together" });
  }
  const read = async (file: string): Promise<string> => {
    const path = userPath(file);
    return readFile(path, "utf8").catch((thrown: unknown) => {
      throw fileError(thrown, path, "read");
    });
  };
  return { cert: await read(cert), key: await read(key) };
}
