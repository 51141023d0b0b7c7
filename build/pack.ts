/** Packages the application with Electron, and builds installers. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Arch, build, Platform } from "electron-builder";
import { distApp } from "./dist-app.ts";

const root = join(import.meta.dirname, "..");

export interface PackOptions {
  /** Only the folder that an installer would contain. */
  readonly onlyFolder: boolean;
  /** Installers to build, such as `deb`; default: all of electron-builder.yml for this system. */
  readonly installers?: readonly string[];
  readonly output?: string;
  /** Web address of the update folder: manifests are written for it. */
  readonly updates?: string;
  /** Folder with an unpacked Electron; default: downloaded, and verified against its checksums. */
  readonly electronDist?: string;
}

/** Files in the deb for a station without a desktop, and where Debian expects them. */
const serverFiles = {
  "archivist-station": "/usr/bin/archivist-station",
  "archivist-station.service": "/usr/lib/systemd/system/archivist-station.service",
  "nginx.conf": "/usr/share/doc/archivist/examples/nginx.conf",
} as const;

/** Restarts the station without a desktop with the new programs: the running one knows the hashes of the old ones. */
const restart = `
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || true
    systemctl try-restart archivist-station.service || true
fi
`;

/** Debian's post-install script: electron-builder's own, then ours. @returns its path */
function afterInstall(): string {
  const builder = dirname(createRequire(import.meta.url).resolve("app-builder-lib/package.json"));
  const usual = readFileSync(join(builder, "templates/linux/after-install.tpl"), "utf8");
  const file = join(root, ".build/after-install.tpl");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, usual + restart);
  return file;
}

/** Builds for the system that it runs on, because native programs are built there. @returns the files built */
export async function pack({
  onlyFolder,
  installers = [],
  updates,
  output,
  electronDist,
}: PackOptions): Promise<readonly string[]> {
  return build({
    projectDir: root,
    targets: Platform.current().createTarget(
      onlyFolder ? "dir" : [...installers],
      Arch[process.arch as keyof typeof Arch],
    ),
    publish: "never",
    config: {
      extends: join(root, "electron-builder.yml"),
      publish: updates === undefined ? null : { provider: "generic", url: updates },
      deb: {
        afterInstall: afterInstall(),
        fpm: Object.entries(serverFiles).map(([name, place]) => `${join(root, "resources/server", name)}=${place}`),
      },
      directories: { app: distApp, ...(output === undefined ? {} : { output }) },
      ...(electronDist === undefined ? {} : { electronDist }),
    },
  });
}
