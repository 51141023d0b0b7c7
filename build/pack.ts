/** Puts the application that ships into Electron, and Electron into installers. */
import { join } from "node:path";
import { Arch, build, Platform } from "electron-builder";
import { distApp } from "./dist-app.ts";

const root = join(import.meta.dirname, "..");

export interface PackWish {
  /** Only the folder that an installer would hold. */
  readonly onlyFolder: boolean;
  readonly output?: string;
  /** A folder with an unpacked Electron; else it is fetched, and checked against its checksums. */
  readonly electronDist?: string;
}

/** For the system that it runs on: native programs are built there. @returns what was made */
export async function pack({ onlyFolder, output, electronDist }: PackWish): Promise<readonly string[]> {
  return build({
    projectDir: root,
    targets: Platform.current().createTarget(onlyFolder ? "dir" : null, Arch[process.arch as keyof typeof Arch]),
    publish: "never",
    config: {
      extends: join(root, "electron-builder.yml"),
      directories: { app: distApp, ...(output === undefined ? {} : { output }) },
      ...(electronDist === undefined ? {} : { electronDist }),
    },
  });
}
