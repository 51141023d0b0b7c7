/** Downloaded installers: the previous version's is kept, so that the user can go back to it. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

/** Keeps an installer and deletes those older than the running version. @throws where the disk has no room for it */
export function keepInstaller(folder: string, file: string, version: string, running: string): void {
  const own = join(folder, version);
  mkdirSync(own, { recursive: true });
  copyFileSync(file, join(own, basename(file)));
  for (const name of readdirSync(folder)) {
    if (name !== version && name !== running) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** An installer of a version other than the running and the waiting one; undefined: there is none. */
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
