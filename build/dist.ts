/**
 * `npm run dist`: builds installers for the system that it runs on, in `.build/installers`.
 *
 *   --dir                        only the folder that an installer would contain
 *   --updates URL                web folder that newer versions come from; requires --signing-key
 *   --signing-key FILE           the releaser's private key (Ed25519, PEM); its public key is built into the program.
 *                                Given twice during a change of keys: manifests are signed with both
 *   --also-trust FILE            a public key that later versions may be signed with
 *   --make-signing-key FILE      only creates such a key
 *   --sign-again FOLDER          only signs the manifests in a folder anew: they count for half a year
 *   --ffmpeg PATH --ffprobe PATH programs that run on other machines as well; default: those of npm packages
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeDistApp } from "./dist-app.ts";
import { electronFolder, getElectron } from "./electron-binary.ts";
import { pack } from "./pack.ts";
import { makeSigningKey, signManifests, updateFeed } from "./update-feed.ts";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const { values: options } = parseArgs({
  options: {
    dir: { type: "boolean", default: false },
    updates: { type: "string" },
    "signing-key": { type: "string", multiple: true, default: [] },
    "also-trust": { type: "string", multiple: true, default: [] },
    "make-signing-key": { type: "string" },
    "sign-again": { type: "string" },
    ffmpeg: { type: "string" },
    ffprobe: { type: "string" },
  },
});

/** Prints the reason and exits with code 1. */
function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

const { updates: updateUrl, "signing-key": signingKeys, "also-trust": alsoTrusted } = options;
if (options["make-signing-key"] !== undefined) {
  makeSigningKey(options["make-signing-key"]);
  process.stdout.write(`${options["make-signing-key"]}: keep it safe; who has it can replace every Archivist.\n`);
  process.exit(0);
}
if (options["sign-again"] !== undefined) {
  if (signingKeys.length === 0) refuse("Name the key: --signing-key FILE");
  for (const name of signManifests(options["sign-again"], signingKeys)) process.stdout.write(`${name}.sig\n`);
  process.exit(0);
}
if ((updateUrl === undefined) !== (signingKeys.length === 0)) refuse("--updates and --signing-key go together.");
const updates = updateUrl === undefined ? undefined : updateFeed(updateUrl, [...signingKeys, ...alsoTrusted]);

/** The program of an npm package, if its binary is installed. */
function ofPackage(name: string): string | undefined {
  try {
    const exported = require(name) as string | { readonly path?: string } | null;
    const path = typeof exported === "string" ? exported : exported?.path;
    return path !== undefined && existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

// Checked before any step that takes minutes.
const electron = getElectron();
if (electron === undefined) {
  refuse("Electron's binary is not here and could not be fetched: there is nothing to put the program into.");
}
// The lock file pins what is in these packages. ffmpeg-static downloads its program itself, unchecked: it is not shipped.
const ffmpeg = options.ffmpeg ?? ofPackage("@ffmpeg-installer/ffmpeg");
const ffprobe = options.ffprobe ?? ofPackage("@ffprobe-installer/ffprobe");
if (ffmpeg === undefined || ffprobe === undefined) {
  refuse("There is no ffmpeg or ffprobe to ship. Name them: npm run dist -- --ffmpeg PATH --ffprobe PATH");
}
// A portable build: contains every level of the processor family; the level is chosen at startup.
const native = join(root, ".build/native");
const built = spawnSync(
  process.execPath,
  [join(root, "native/build.ts"), "--portable", "--if-missing", "--out", native],
  {
    stdio: "inherit",
  },
);
if (built.status !== 0) process.exit(built.status ?? 1);
await makeDistApp({ ffmpeg, ffprobe, native: join(native, "bin"), ...(updates === undefined ? {} : { updates }) });
const made = await pack({
  onlyFolder: options.dir,
  electronDist: electronFolder,
  ...(updates === undefined ? {} : { updates: updates.url }),
});
for (const path of made) process.stdout.write(`${path}\n`);
if (updates !== undefined && !options.dir) {
  for (const name of signManifests(join(root, ".build/installers"), signingKeys)) process.stdout.write(`${name}.sig\n`);
}
