/**
 * Programs, models and libraries that ship outside of the application's archive, where others than Node can open them.
 * The archive's own integrity check does not cover them: a manifest inside it says what each has to be, and nothing that
 * is otherwise is started.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";

const manifestSchema = z.object({ files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)) });

/** Where a file of the archive lies that was put beside it. In a tree of sources that is the same place. */
export const outsideArchive = (path: string): string =>
  path.replace(/([\\/])app\.asar([\\/]|$)/, "$1app.asar.unpacked$2");

/** The root of the application: of its archive, or of the sources. */
const codeRoot = join(import.meta.dirname, "../..");

export class ShippedFiles {
  readonly #root: string;
  readonly #manifestFile: string;
  #files: ReadonlyMap<string, string> | undefined;
  /** What was found right, by everything that changes with a file. */
  readonly #checked = new Map<string, string>();

  /** @param root folder that holds what ships. @param manifestFile where there is none, nothing is held to it */
  constructor(root: string, manifestFile: string) {
    this.#root = root;
    this.#manifestFile = manifestFile;
  }

  /**
   * A program of other places is none of ours, and is not looked at. Of ours, what lies beside it is looked at as well:
   * it loads its libraries from there, and by patterns; so nothing else may lie there.
   * @throws ArchivistError `tool.changed` where something is not what was shipped
   */
  requireUnchanged(path: string): void {
    const name = relative(this.#root, path).split(sep).join("/");
    if (name.startsWith("..") || isAbsolute(name)) return;
    const files = this.#manifest();
    if (files === undefined) return;
    const folder = name.slice(0, name.lastIndexOf("/") + 1);
    const listed = [...files.keys()].filter(
      (each) => each.startsWith(folder) && !each.slice(folder.length).includes("/"),
    );
    const found = existsSync(dirname(path)) ? readdirSync(dirname(path)).map((each) => folder + each) : [];
    for (const each of new Set([name, ...listed, ...found])) this.#requireSame(each, files.get(each));
  }

  /** Libraries that this process loads itself, looked at before they are. @throws ArchivistError `tool.changed` */
  requireLibraries(): void {
    for (const [name, expected] of this.#manifest() ?? []) {
      if (name.endsWith(".node")) this.#requireSame(name, expected);
    }
  }

  #requireSame(name: string, expected: string | undefined): void {
    const path = join(this.#root, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (expected === undefined || found === undefined) throw new ArchivistError("tool.changed", { subject: path });
    const state = `${found.size} ${found.mtimeMs} ${found.ctimeMs} ${found.ino}`;
    if (this.#checked.get(name) === state) return;
    const actual = createHash("sha256").update(readFileSync(path)).digest("hex");
    if (actual !== expected) throw new ArchivistError("tool.changed", { subject: path });
    this.#checked.set(name, state);
  }

  #manifest(): ReadonlyMap<string, string> | undefined {
    if (this.#files !== undefined) return this.#files;
    let text: string;
    try {
      text = readFileSync(this.#manifestFile, "utf8");
    } catch {
      // Sources: what was built here is nobody else's.
      return undefined;
    }
    this.#files = new Map(Object.entries(manifestSchema.parse(JSON.parse(text)).files));
    return this.#files;
  }
}

/** Of this application. */
export const shippedFiles = new ShippedFiles(outsideArchive(codeRoot), join(codeRoot, "shipped.json"));
