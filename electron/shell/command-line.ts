/**
 * Runs a command of `archivist` in the installed program: a server has no other Node.js than the one in Electron, and a
 * fuse keeps that from running scripts (README.md, "Fuses and what ships outside of the archive"). No window is opened
 * and no page is shown.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";

/** Comes before `--` and the command: `archivist --archivist-command -- serve --port 8470`. */
const commandSwitch = "--archivist-command";

/** @returns the command's arguments; undefined: the desktop program was started */
export function parseCommand(argv: readonly string[]): readonly string[] | undefined {
  const at = argv.indexOf(commandSwitch);
  if (at < 0) return undefined;
  const own = argv.slice(at + 1);
  // Arguments after `--` are not read as switches of Chromium.
  return own[0] === "--" ? own.slice(1) : own;
}

/**
 * Runs the command and ends the program with its exit code.
 * @param main the command line; resolves to the exit code
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  // Chromium needs a user data folder; a temporary one is not shared by commands and is removed afterward.
  const own = mkdtempSync(join(tmpdir(), "archivist-command-"));
  app.setPath("userData", own);
  // Electron handles the signals that end a program itself: this passes them on, so that the command gets them as
  // without Electron.
  app.on("before-quit", (event) => {
    if (process.listenerCount("SIGTERM") === 0) return;
    event.preventDefault();
    process.emit("SIGTERM");
  });
  const code = await main().catch((thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    return 1;
  });
  rmSync(own, { recursive: true, force: true });
  app.exit(code);
}
