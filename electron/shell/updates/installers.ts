/** Installers that were downloaded: that of the version before stays, for whoever wants to go back to it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** Keeps one; those of older versions than the one that runs are cleared away. @throws where there is no room for it */
export function keepInstaller(folder: string, file: string, version: string, running: string): void {
  const own = join(folder, version);
  mkdirSync(own, { recursive: true });
  copyFileSync(file, join(own, basename(file)));
  for (const name of readdirSync(folder)) {
    if (name !== version && name !== running) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** The installer of another version than the one that runs and the one that waits; undefined: there is none. */
export function previousInstaller(
  folder: string,
  notThese: readonly string[],
): { readonly version: string; readonly path: string } | undefined {
  if (!existsSync(folder)) return undefined;
  for (const version of readdirSync(folder)) {
    const [file] = notThese.includes(version) ? [] : readdirSync(join(folder, version));
    if (file !== undefined) return { version, path: join(folder, version, file) };
  }
  return undefined;
}
