/**
 * A command of `archivist`, run by the installed program: a server has no other Node.js than the one in Electron, and a
 * fuse keeps that from running scripts (README.md, "Fuses and what ships outside of the archive"). No window is opened and no page is shown.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app } from "electron";

/** Comes before `--` and the command: `archivist --archivist-command -- serve --port 8470`. */
const commandSwitch = "--archivist-command";

/** @returns the command's own arguments; undefined: the program was started as a program with windows */
export function parseCommand(argv: readonly string[]): readonly string[] | undefined {
  const at = argv.indexOf(commandSwitch);
  if (at < 0) return undefined;
  const own = argv.slice(at + 1);
  // Whatever comes after it is no switch of Chromium's.
  return own[0] === "--" ? own.slice(1) : own;
}

/**
 * Runs it and ends the program with its exit code.
 * @param main the command line; its promise gives the exit code
 */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  // Chromium wants a folder of its own; nothing of it outlives the command, and two commands do not meet in it.
  const own = mkdtempSync(join(tmpdir(), "archivist-command-"));
  app.setPath("userData", own);
  // Electron takes the signals that end a program for itself: the command hears of them as without Electron.
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
