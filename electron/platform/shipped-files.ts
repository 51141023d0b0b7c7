/**
 * Verifies programs, models and libraries that ship outside of the application's archive, where programs other than
 * Node can open them. The archive's own integrity check does not cover them: a manifest inside it lists their digests,
 * and a file that differs is not used.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { z } from "zod";
import { ArchivistError } from "../contract/errors.ts";

const manifestSchema = z.object({ files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)) });

/** Path of an archive's file that was unpacked beside the archive. In a source tree the path is unchanged. */
export const outsideArchive = (path: string): string =>
  path.replace(/([\\/])app\.asar([\\/]|$)/, "$1app.asar.unpacked$2");

/** The root of the application: of its archive, or of the source tree. */
const codeRoot = join(import.meta.dirname, "../..");

export class ShippedFiles {
  readonly #root: string;
  readonly #manifestFile: string;
  #files: ReadonlyMap<string, string> | undefined;
  /** Verified files: name to the file's state (size, times, inode), so that only changed files are hashed again. */
  readonly #checked = new Map<string, string>();

  /** @param root folder of the shipped files. @param manifestFile when it does not exist, nothing is verified */
  constructor(root: string, manifestFile: string) {
    this.#root = root;
    this.#manifestFile = manifestFile;
  }

  /**
   * Verifies a program of this application and all files beside it: it loads libraries from its folder, by patterns, so
   * the folder must not contain other files. Programs outside the application are not verified.
   * @throws ArchivistError `tool.changed` when a file is not the one that was shipped
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
    // A folder of shipped files is no file beside this one.
    const isFolder = (each: string): boolean => [...files.keys()].some((file) => file.startsWith(`${each}/`));
    const beside = found.filter((each) => !isFolder(each));
    for (const each of new Set([name, ...listed, ...beside])) this.#requireSame(each, files.get(each));
  }

  /** Verifies the libraries that this process loads itself, before it does. @throws ArchivistError `tool.changed` */
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
      // A source tree has no manifest: its programs were built locally.
      return undefined;
    }
    this.#files = new Map(Object.entries(manifestSchema.parse(JSON.parse(text)).files));
    return this.#files;
  }
}

/** The shipped files of this application. */
export const shippedFiles = new ShippedFiles(outsideArchive(codeRoot), join(codeRoot, "shipped.json"));
