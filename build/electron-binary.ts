/** Finds Electron's binary, and downloads it with Electron's own installer if it is missing. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("electron/package.json"));
/** Folder of the binary and its files. */
export const electronFolder = join(folder, "dist");
const failedFile = join(import.meta.dirname, "../.build/no-electron");

/** Longest download that a person who starts the program waits for, in milliseconds. */
const downloadMs = 10 * 60_000;
/** Milliseconds after a failed download before the next attempt. */
const againAfterMs = 24 * 3_600_000;

/** @returns the path; undefined if it is not installed */
export function findElectron(): string | undefined {
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const binary = join(electronFolder, readFileSync(pathFile, "utf8"));
  return existsSync(binary) ? binary : undefined;
}

/** @returns the path; undefined if it cannot be installed */
export function getElectron(): string | undefined {
  const found = findElectron();
  if (found !== undefined) return found;
  const failed = statSync(failedFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failed < againAfterMs) return undefined;
  // The installer verifies its download against the checksums that came with the package.
  spawnSync(process.execPath, [join(folder, "install.js")], { stdio: "ignore", timeout: downloadMs });
  const got = findElectron();
  if (got === undefined) {
    mkdirSync(dirname(failedFile), { recursive: true });
    writeFileSync(failedFile, "");
  }
  return got;
}
