/** An installed AppImage on Linux, emulated by a script; and releases whose installers leave a trace. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import type { Release } from "../network/release-server.ts";
import { temporaryFolder } from "../temporary.ts";

/** @returns Its folder and path, until the test ends */
export function installedAppImage(): { readonly folder: string; readonly program: string } {
  const folder = temporaryFolder();
  const program = join(folder, "Archivist.AppImage");
  writeFileSync(program, "#!/bin/sh\n");
  chmodSync(program, 0o755);
  const resources = join(folder, "resources");
  mkdirSync(resources);
  writeFileSync(join(resources, "app-update.yml"), "updaterCacheDirName: archivist-updater\n");
  vi.stubEnv("APPIMAGE", program);
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  const before = process.resourcesPath;
  Object.assign(process, { resourcesPath: resources });
  onTestFinished(() => {
    Object.assign(process, { resourcesPath: before });
    vi.unstubAllEnvs();
  });
  return { folder, program };
}

/** @returns A factory for releases whose installers write to a file when they run, and that file */
export function traced(folder: string, key: string) {
  const trace = join(folder, "ran");
  const release = (version: string, by: readonly string[] = [key]): Release => ({
    version,
    installer: `#!/bin/sh\necho ${version} > '${trace}'\n`,
    keys: by,
  });
  return { trace, release };
}
