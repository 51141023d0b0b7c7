/** Entry point of Electron's main process. The work is done in `shell/`, one file per concern. */
import { app, dialog } from "electron";
import { toArchivistError } from "./contract/errors.ts";
import { parseCommand, runCommand } from "./shell/command-line.ts";
import { openDesktop } from "./shell/desktop.ts";
import { shellFolders } from "./shell/folders.ts";
import { parseFileArguments } from "./shell/open-files.ts";
import { registerSchemes } from "./shell/schemes.ts";

const command = parseCommand(process.argv);
// Not awaited: Electron only becomes ready after this file was evaluated (electronjs.org, "ES Modules").
if (command !== undefined) void runCommand(async () => (await import("./headless/cli.ts")).main([...command]));
else openProgram().catch(showStartError);

/** Everything before the first `await` runs before Electron is ready, as some of it must. */
async function openProgram(): Promise<void> {
  const folders = shellFolders(process.env);
  // One instance per data folder; Chromium's own files are inside it, under a name that no update uses.
  app.setPath("userData", folders.own);

  // Must precede readiness: no page of any window ever runs outside of the sandbox.
  app.enableSandbox();
  registerSchemes();

  const ownArguments = process.argv.slice(app.isPackaged ? 1 : 2);
  const waiting = [...parseFileArguments(ownArguments, process.cwd())];
  /** Receives opened files; they are queued until the program is ready. */
  let open = (paths: readonly string[]): void => void waiting.push(...paths);
  let show = (): void => undefined;

  // On macOS, files do not come on the command line, and may arrive before any other event.
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
    // The station keeps running in the tray.
    app.on("window-all-closed", () => undefined);
    await app.whenReady();
    ({ open, show } = await openDesktop({ folders, environment: process.env, files: waiting }));
  } else app.quit();
}

/**
 * Shows why the program did not start (such as a folder that is not writable); otherwise there would just be no window.
 */
function showStartError(thrown: unknown): void {
  const { reason, remedy } = toArchivistError(thrown);
  dialog.showErrorBox("Archivist could not be opened", `${reason}\n\n${remedy}`);
  app.exit(1);
}
