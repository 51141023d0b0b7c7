/** Electron's main process. What it does stands in `shell/`, a file for each concern. */
import { app, dialog } from "electron";
import { toArchivistError } from "./contract/errors.ts";
import { parseCommand, runCommand } from "./shell/command-line.ts";
import { openDesktop } from "./shell/desktop.ts";
import { shellFolders } from "./shell/folders.ts";
import { parseFileArguments } from "./shell/open-files.ts";
import { registerSchemes } from "./shell/schemes.ts";

const command = parseCommand(process.argv);
// Neither is awaited: Electron gets ready only when this file has been read to its end (electronjs.org, "ES Modules").
if (command !== undefined) void runCommand(async () => (await import("./headless/cli.ts")).main([...command]));
else openProgram().catch(showStartError);

/** Up to the first `await`, all happens before Electron is ready, as some of it has to. */
async function openProgram(): Promise<void> {
  const folders = shellFolders(process.env);
  // One program for each data folder; Chromium's own files lie inside it, under a name that no update takes for its own.
  app.setPath("userData", folders.own);

  // Before the program is ready: no page of any window ever runs outside of the sandbox.
  app.enableSandbox();
  registerSchemes();

  const ownArguments = process.argv.slice(app.isPackaged ? 1 : 2);
  const waiting = [...parseFileArguments(ownArguments, process.cwd())];
  /** Where files go that are opened; until the program is ready, they wait. */
  let open = (paths: readonly string[]): void => void waiting.push(...paths);
  let show = (): void => undefined;

  // On a Mac, files do not come on the command line, and may come before everything else.
  app.on("open-file", (event, path) => {
    event.preventDefault();
    open([path]);
  });

  if (app.requestSingleInstanceLock()) {
    app.on("second-instance", (_event, argv, folder) => {
      open(parseFileArguments(argv.slice(app.isPackaged ? 1 : 2), folder));
      show();
    });
    app.on("activate", () => show());
    // The station works on in the tray.
    app.on("window-all-closed", () => undefined);
    await app.whenReady();
    ({ open, show } = await openDesktop({ folders, environment: process.env, files: waiting }));
  } else app.quit();
}

/** A folder that cannot be written, say: without a word, nobody would know why there is no window. */
function showStartError(thrown: unknown): void {
  const { reason, remedy } = toArchivistError(thrown);
  dialog.showErrorBox("Archivist could not be opened", `${reason}\n\n${remedy}`);
  app.exit(1);
}
