/** `archivist serve`: the station with its screens, for a browser. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { startHttpServer } from "../../api/http/server.ts";
import { openApi } from "../../api/open-api.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../lib/file-errors.ts";
import { openStation } from "../../station.ts";
import { interruptible } from "../interruption.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { printJson, printNotice, printResult } from "../print.ts";
import { programVersion } from "../program-version.ts";
import { userDataFolder, userPath } from "../user-paths.ts";
import type { QueueOptions } from "./queue/open.ts";

export interface ServeOptions extends QueueOptions {
  readonly host?: string;
  readonly port?: number;
  readonly open?: boolean;
  readonly cert?: string;
  readonly key?: string;
  readonly behind?: string;
}

/** Where the built pages lie. */
const pagesFolder = join(import.meta.dirname, "../../../renderer/dist");

/** The port that people can remember; the next one is taken when it is not free. */
const usualPort = 8470;

export async function serveCommand(options: ServeOptions): Promise<number> {
  const tls = await certificateOf(options);
  const hasPages = existsSync(join(pagesFolder, "index.html"));
  const station = openStation({ dataFolder: userDataFolder(options), purpose: "archivist serve" });
  try {
    return await interruptible(async (signal) => {
      const { workshop, operation } = station;
      const parts = openApi({ workshop, operation, version: programVersion(), environment: process.env });
      const start = (port: number) =>
        startHttpServer({
          parts,
          host: options.host ?? "127.0.0.1",
          port,
          tls,
          proxyName: options.behind,
          pages: hasPages ? pagesFolder : undefined,
        });
      await operation.start();
      const server = await start(options.port ?? usualPort).catch((thrown: unknown) => {
        if (options.port !== undefined || (thrown as NodeJS.ErrnoException).code !== "EADDRINUSE") throw thrown;
        return start(0);
      });
      const link = `${server.url}/#/sign-in/${parts.sessions.makeTicket()}`;
      if (options.json) printJson({ url: server.url, sign_in: link });
      else {
        printResult(`Archivist is at ${server.url}`);
        printResult(`Sign in once with this link: ${link}`);
        if (!hasPages)
          printNotice("The pages have not been built: npm run build. The interface is there all the same.");
        printNotice("Ctrl-C ends it. What is not done goes on at the next start.");
      }
      if (options.open) await openInBrowser(link);
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      parts.models.close();
      await server.close();
      await operation.stop();
      return 0;
    });
  } finally {
    await station.close();
  }
}

async function certificateOf({ cert, key }: ServeOptions) {
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
