/** Services that every part of the desktop program uses. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { app, powerMonitor, shell } from "electron";
import { type Logger, openLog } from "../config/logger.ts";
import { secretKeyVariable } from "../contract/settings.ts";
import { TypedEvents } from "../platform/typed-events.ts";
import { AuthToken } from "./auth-token.ts";
import { builtPaths, makeRunFolder, type ShellFolders } from "./folders.ts";
import { Keyring } from "./keyring.ts";
import { MainWindow } from "./main-window.ts";
import { StationSupervisor } from "./station-supervisor.ts";

export interface DesktopEvents {
  /** The station has ended and the program ends next: resources held from the operating system are released. */
  readonly ending: undefined;
}

export interface DesktopContext {
  readonly folders: ShellFolders;
  readonly logger: Logger;
  readonly events: TypedEvents<DesktopEvents>;
  readonly authToken: AuthToken;
  /** Secrets are stored in this machine's keyring. */
  readonly hasKeyring: boolean;
  readonly window: MainWindow;
  readonly supervisor: StationSupervisor;
}

/** Call once Electron is ready. Opens no window and starts no process. */
export async function createDesktopContext(
  folders: ShellFolders,
  environment: NodeJS.ProcessEnv,
): Promise<DesktopContext> {
  const logger = openLog(join(folders.data, "logs/desktop.log"), "info");
  const events = new TypedEvents<DesktopEvents>((error, event) => {
    logger.error("a part of the program did not end in order", { event, error });
  });
  const keyring = await Keyring.open(logger);
  const authToken = await AuthToken.open(join(folders.own, "signed-in.bin"), keyring);
  const secretKey = environment[secretKeyVariable] ?? (await keyring.secret(join(folders.own, "secret-key.bin")));
  const runFolder = makeRunFolder();
  events.on("ending", () => rmSync(runFolder, { recursive: true, force: true }));
  return {
    folders,
    logger,
    events,
    authToken,
    hasKeyring: keyring.isProtected && secretKey !== undefined,
    window: new MainWindow(join(folders.own, "window.json"), logger),
    supervisor: createSupervisor(logger, {
      arguments: { dataFolder: folders.data, runFolder, mayMakeKeyFile: false },
      environment: {
        // As `headless/archivist.mjs` has it, and why.
        UV_THREADPOOL_SIZE: "64",
        ...environment,
        ...(secretKey === undefined ? {} : { [secretKeyVariable]: secretKey }),
      },
    }),
  };
}

type StationStart = Pick<ConstructorParameters<typeof StationSupervisor>[0], "arguments" | "environment">;

/** Creates a supervisor that also receives Electron's process events and the machine's sleep events. */
function createSupervisor(logger: Logger, start: StationStart): StationSupervisor {
  const supervisor = new StationSupervisor({
    ...start,
    modulePath: builtPaths.station,
    logger,
    onReveal: async (path) => shell.showItemInFolder(path),
  });
  app.on("child-process-gone", (_event, details) => supervisor.lost(details));
  powerMonitor.on("resume", () => supervisor.forgive());
  return supervisor;
}
