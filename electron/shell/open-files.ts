/** Recordings that are opened with Archivist: by a double click, by "open with", or on the command line. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { DesktopContext } from "./context.ts";

/**
 * The files of a command line. What begins with a dash is an option of Chromium's or ours; a file whose name begins with
 * one comes with its path. Whether it can be opened is the station's to say: its share may hang.
 * @param folder that relative paths are meant from
 */
export function parseFileArguments(argv: readonly string[], folder: string): readonly string[] {
  return argv
    .filter((argument) => argument !== "" && !argument.startsWith("-") && !argument.includes("\0"))
    .map((argument) => parseFileArgument(argument))
    .filter((path) => path !== undefined)
    .map((path) => resolve(folder, path));
}

/** File managers of Linux give addresses (`%U` of the desktop entry); those of other machines are no files here. */
function parseFileArgument(argument: string): string | undefined {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(argument)) return argument;
  try {
    const path = fileURLToPath(argument);
    return path.includes("\0") ? undefined : path;
  } catch {
    return undefined;
  }
}

/** Keeps what is opened until a page is there that takes it. */
export class OpenedFiles {
  #waiting: string[] = [];
  #take: ((paths: readonly string[]) => void) | undefined;

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    this.#waiting.push(...paths);
    this.#flush();
  }

  /** @param take undefined: no page is there just now */
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

/** @param files of the command line */
export function setupOpenedFiles({ window }: DesktopContext, files: readonly string[]): OpenedFiles {
  const openedFiles = new OpenedFiles();
  openedFiles.add(files);
  // The next page takes files when it says so.
  window.events.on("left", () => {
    openedFiles.taker = undefined;
  });
  return openedFiles;
}
