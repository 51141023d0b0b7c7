/** Electron's binary: where it is, and getting it with Electron's own installer where it can be had. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("electron/package.json"));
/** Where the binary lies with everything that it needs. */
export const electronFolder = join(folder, "dist");
const failedFile = join(import.meta.dirname, "../.build/no-electron");

/** So long somebody who starts the program waits for a download, in milliseconds. */
const downloadMs = 10 * 60_000;
/** After a download that has failed, the next one is tried on another day. */
const againAfterMs = 24 * 3_600_000;

/** @returns undefined where it is not installed */
export function findElectron(): string | undefined {
  const pathFile = join(folder, "path.txt");
  if (!existsSync(pathFile)) return undefined;
  const binary = join(electronFolder, readFileSync(pathFile, "utf8"));
  return existsSync(binary) ? binary : undefined;
}

/** @returns undefined where it cannot be had */
export function getElectron(): string | undefined {
  const found = findElectron();
  if (found !== undefined) return found;
  const failed = statSync(failedFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failed < againAfterMs) return undefined;
  // It checks what it has fetched against the checksums that came with the package.
  spawnSync(process.execPath, [join(folder, "install.js")], { stdio: "ignore", timeout: downloadMs });
  const got = findElectron();
  if (got === undefined) {
    mkdirSync(dirname(failedFile), { recursive: true });
    writeFileSync(failedFile, "");
  }
  return got;
}
