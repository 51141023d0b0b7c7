/** Puts the application that ships into Electron, and Electron into installers. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Arch, build, Platform } from "electron-builder";
import { distApp } from "./dist-app.ts";

const root = join(import.meta.dirname, "..");

export interface PackOptions {
  /** Only the folder that an installer would hold. */
  readonly onlyFolder: boolean;
  /** Installers that are made, such as `deb`; else all of electron-builder.yml for this system. */
  readonly installers?: readonly string[];
  readonly output?: string;
  /** Web address of a folder that updates come from: manifests are written for it. */
  readonly updates?: string;
  /** A folder with an unpacked Electron; else it is fetched, and checked against its checksums. */
  readonly electronDist?: string;
}

/** What the deb brings for a station without a desktop, and where Debian looks for it. */
const serverFiles = {
  "archivist-station": "/usr/bin/archivist-station",
  "archivist-station.service": "/usr/lib/systemd/system/archivist-station.service",
  "nginx.conf": "/usr/share/doc/archivist/examples/nginx.conf",
} as const;

/** The station without a desktop goes on with the new programs: of the old ones it knows the hashes. */
const restart = `
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload || true
    systemctl try-restart archivist-station.service || true
fi
`;

/** What Debian runs after installing: electron-builder's own, and ours. @returns its file */
function afterInstall(): string {
  const builder = dirname(createRequire(import.meta.url).resolve("app-builder-lib/package.json"));
  const usual = readFileSync(join(builder, "templates/linux/after-install.tpl"), "utf8");
  const file = join(root, ".build/after-install.tpl");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, usual + restart);
  return file;
}

/** For the system that it runs on: native programs are built there. @returns what was made */
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
