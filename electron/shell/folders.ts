/** The shell's own folder, and the paths of the built files. */
import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chooseDataFolder } from "../config/data-folder.ts";
import { outsideArchive } from "../platform/shipped-files.ts";

/**
 * Siblings as in the map; built, they end in `.js`, and the preload in `.cjs`, because a sandbox accepts nothing else.
 */
export interface BuiltPaths {
  readonly station: string;
  readonly preload: string;
  readonly pages: string;
  /** The update feed; absent in a program that was built without one. */
  readonly updates: string;
  readonly icon: string;
}

const codeFolder = join(import.meta.dirname, "..");

export const builtPaths: BuiltPaths = {
  station: join(codeFolder, `shell/station-process${extname(import.meta.filename)}`),
  preload: join(codeFolder, "preload.cjs"),
  pages: join(codeFolder, "../renderer/dist"),
  updates: join(codeFolder, "../update.json"),
  icon: outsideArchive(join(codeFolder, "../resources/icons/icon.png")),
};

export interface ShellFolders {
  /** The station's data folder: the same one that `archivist` uses without a window. */
  readonly data: string;
  /** The shell's own folder inside it, which also holds Chromium's. */
  readonly own: string;
}

export function shellFolders(environment: NodeJS.ProcessEnv): ShellFolders {
  const data = chooseDataFolder(undefined, environment);
  const own = join(data, "desktop");
  mkdirSync(own, { recursive: true });
  return { data, own };
}

/** Creates a folder for sockets that only this user can enter. The caller removes it. */
export function makeRunFolder(): string {
  // A socket's path is limited to about a hundred bytes, so it cannot lie below the data folder.
  const run = mkdtempSync(join(tmpdir(), "archivist-"));
  chmodSync(run, 0o700);
  return run;
}
