/** Where the shell keeps its own things, and where the built parts lie. */
import { chmodSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { chooseDataFolder } from "../config/data-folder.ts";
import { outsideArchive } from "../platform/shipped-files.ts";

/** Beside each other as the map has them; built, they end in `.js`, and the preload in `.cjs`: a sandbox takes no other. */
export interface BuiltPaths {
  readonly station: string;
  readonly preload: string;
  readonly pages: string;
  /** Where updates come from; a program that was built without has none. */
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
  /** The shell's own inside it, with Chromium's. */
  readonly own: string;
}

export function shellFolders(environment: NodeJS.ProcessEnv): ShellFolders {
  const data = chooseDataFolder(undefined, environment);
  const own = join(data, "desktop");
  mkdirSync(own, { recursive: true });
  return { data, own };
}

/** A folder for sockets that only this user can enter. Whoever makes it clears it away. */
export function makeRunFolder(): string {
  // A path of a socket is at most a hundred bytes long: not below the data folder.
  const run = mkdtempSync(join(tmpdir(), "archivist-"));
  chmodSync(run, 0o700);
  return run;
}
