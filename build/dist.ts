/**
 * `npm run dist`: installers for the system that it runs on, in `.build/installers`.
 *
 *   --dir                        only the folder that an installer would hold
 *   --ffmpeg PATH --ffprobe PATH programs that run on other machines as well; else those of npm packages
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeDistApp } from "./dist-app.ts";
import { electronFolder, getElectron } from "./electron-binary.ts";
import { pack } from "./pack.ts";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const { values: options } = parseArgs({
  options: { dir: { type: "boolean", default: false }, ffmpeg: { type: "string" }, ffprobe: { type: "string" } },
});

/** A program of an npm package, where its binary is really there. */
function ofPackage(name: string): string | undefined {
  try {
    const exported = require(name) as string | { readonly path?: string } | null;
    const path = typeof exported === "string" ? exported : exported?.path;
    return path !== undefined && existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

// Before anything that takes minutes.
const electron = getElectron();
if (electron === undefined) {
  process.stderr.write(
    "Electron's binary is not here and could not be fetched: there is nothing to put the program into.\n",
  );
  process.exit(1);
}
const ffmpeg = options.ffmpeg ?? ofPackage("ffmpeg-static") ?? ofPackage("@ffmpeg-installer/ffmpeg");
const ffprobe = options.ffprobe ?? ofPackage("@ffprobe-installer/ffprobe");
if (ffmpeg === undefined || ffprobe === undefined) {
  process.stderr.write(
    "There is no ffmpeg or ffprobe to ship. Name them: npm run dist -- --ffmpeg PATH --ffprobe PATH\n",
  );
  process.exit(1);
}
// For other machines than this one: every level of the processor family, chosen when it starts.
const native = join(root, ".build/native");
const built = spawnSync(
  process.execPath,
  [join(root, "native/build.ts"), "--portable", "--if-missing", "--out", native],
  {
    stdio: "inherit",
  },
);
if (built.status !== 0) process.exit(built.status ?? 1);
await makeDistApp({ ffmpeg, ffprobe, native: join(native, "bin") });
for (const path of await pack({ onlyFolder: options.dir, electronDist: electronFolder }))
  process.stdout.write(`${path}\n`);
