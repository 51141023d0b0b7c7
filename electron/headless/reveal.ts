/** Shows a file in the file manager of this machine. */
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import open from "open";
import { fileError } from "../platform/file-errors.ts";
import { run } from "../platform/process/run.ts";

const waitMs = 10_000;

/** False on a machine without a desktop, where a file manager cannot be shown. */
const hasDesktop = (): boolean =>
  process.platform === "win32" ||
  process.platform === "darwin" ||
  Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

async function reveal(path: string): Promise<void> {
  await stat(path).catch((thrown: unknown) => {
    throw fileError(thrown, path, "read");
  });
  if (process.platform === "win32") {
    await run({ name: "Explorer", command: "explorer.exe", args: [`/select,${path}`], stallMs: waitMs });
  } else if (process.platform === "darwin") {
    await run({ name: "Finder", command: "open", args: ["-R", path], stallMs: waitMs });
  } else {
    // File managers have only opening a folder in common.
    await open(dirname(path));
  }
}

/**
 * @param isOwnMachine false: the caller may be at another machine
 * @returns undefined where the user would not see it
 */
export const revealer = (isOwnMachine: boolean): ((path: string) => Promise<void>) | undefined =>
  isOwnMachine && hasDesktop() ? reveal : undefined;
