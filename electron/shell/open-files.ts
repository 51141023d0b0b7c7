/** Recordings opened with Archivist: by a double click, by "open with", or on the command line. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DesktopContext } from "./context.ts";

/**
 * Parses the files of a command line. Arguments that begin with a dash are options of Chromium or ours; a file whose
 * name begins with one is passed with its path. The station decides whether a file can be opened, because its share may
 * hang.
 * @param folder that relative paths are resolved against
 */
export function parseFileArguments(argv: readonly string[], folder: string): readonly string[] {
  return argv
    .filter((argument) => argument !== "" && !argument.startsWith("-") && !argument.includes("\0"))
    .map((argument) => parseFileArgument(argument))
    .filter((path) => path !== undefined)
    .map((path) => resolve(folder, path));
}

/** File managers of Linux pass URLs (`%U` of the desktop entry); URLs of other machines are not files here. */
function parseFileArgument(argument: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(argument)) return argument;
  try {
    const path = fileURLToPath(argument);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Keeps opened files until a page accepts them. */
export class OpenedFiles {
  #waiting: string[] = [];
  #take: ((paths: readonly string[]) => void) | undefined;

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    this.#flush();
  }

  /** @param take undefined: no page accepts files at the moment */
  set taker(take: ((paths: readonly string[]) => void) | undefined) {
    this.#take = take;
    this.#flush();
  }

  #flush(): void {
    if (this.#take === undefined || this.#waiting.length === 0) return;
    const paths = this.#waiting;
    this.#waiting = [];
    this.#take(paths);
  }
}

/** @param files given on the command line */
export function setupOpenedFiles({ window }: DesktopContext, files: readonly string[]): OpenedFiles {
  const openedFiles = new OpenedFiles();
  openedFiles.add(files);
  // The next page accepts files when it says so.
  window.events.on("left", () => {
    openedFiles.taker = undefined;
  });
  return openedFiles;
}
