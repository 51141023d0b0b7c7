/**
 * Builds the native programs for this machine: `npm run native`.
 *
 *   --if-missing   do nothing when an up-to-date build is there, and do not try to fetch ffmpeg
 *   --rebuild      build from scratch
 *   --with-cli     build whisper-cli and parakeet-cli of the same sources as well (benchmarks)
 *   --portable     for other machines than this one: every level of the processor family is built, and the right one
 *                  is chosen when the host starts (for packaging)
 *   --gpu KIND     cuda, vulkan or metal: build that back end as well
 *   --out DIR      build there instead of native/out
 *
 * A build is known by its sources and flags; a second call takes no time.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, cpus } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type BuildOptions, buildFlags, gpuKinds, isGpuKind } from "./build-flags.ts";

const here = import.meta.dirname;
const { values: options } = readOptions();
const out = options.out ?? join(here, "out");
const buildFolder = join(out, "build");
const binFolder = join(out, "bin");
const logFile = join(out, "build.log");
const suffix = process.platform === "win32" ? ".exe" : "";
const require = createRequire(import.meta.url);

function readOptions() {
  try {
    return parseArgs({
      options: {
        "if-missing": { type: "boolean", default: false },
        rebuild: { type: "boolean", default: false },
        "with-cli": { type: "boolean", default: false },
        portable: { type: "boolean", default: false },
        gpu: { type: "string" },
        out: { type: "string" },
      },
    });
  } catch (thrown) {
    process.stderr.write(`${(thrown as Error).message}\n`);
    process.exit(2);
  }
}

/** A failure that the user can fix. */
class BuildError extends Error {}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** The sources of whisper.cpp, in the nodejs-whisper package. */
function whisperSources(): { readonly folder: string; readonly version: string } {
  let manifest: string;
  try {
    manifest = require.resolve("nodejs-whisper/package.json");
  } catch {
    throw new BuildError("The sources of whisper.cpp are missing. Run `npm ci` first.");
  }
  const folder = join(dirname(manifest), "cpp", "whisper.cpp");
  if (!existsSync(join(folder, "include", "whisper.h"))) {
    throw new BuildError(`The sources of whisper.cpp are not in ${folder}. Run \`npm ci\` again.`);
  }
  return { folder, version: (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function digest(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}

/** Folders of the native programs; each builds a program of the same name. */
const projects = ["share-probe", "whisper-host"];

interface Keys {
  /** Changes when the build folder can no longer be reused. */
  readonly tree: string;
  /** Changes when a build is needed. */
  readonly build: string;
}

function computeKeys(
  sources: ReturnType<typeof whisperSources>,
  flags: readonly string[],
  buildOptions: BuildOptions,
): Keys {
  // GGML builds for the processor it finds: a folder that was copied to another machine must be rebuilt.
  const machine = [process.platform, process.arch, buildOptions.portable ? "any" : (cpus()[0]?.model ?? "")];
  const what = digest("3", sources.version, String(buildOptions.portable), buildOptions.gpu ?? "", ...machine);
  // Static and dynamic libraries do not share a build folder, and CMake's knows where it is.
  const tree = digest(what, sources.folder, here);
  const sourceFiles = [
    join(here, "CMakeLists.txt"),
    ...projects.flatMap((project) => filesBelow(join(here, project))),
  ].filter((file) => !file.endsWith(".md"));
  const own = sourceFiles.flatMap((file) => [basename(file), readFileSync(file)]);
  return { tree, build: digest(what, ...flags, ...own) };
}

/** Stamp files: what the build folder was made for, and what the installed programs were made from. */
const treeStamp = join(buildFolder, "archivist-tree");
const buildStamp = join(binFolder, "archivist-build");
/** Of which build for this machine it is known that its processor does not carry it out. */
const refusedStamp = join(binFolder, "archivist-refused");

function readStamp(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const cmakeHelp =
  "CMake 3.16 or newer and a C++17 compiler are needed, once, to build the speech engine:\n" +
  "  Debian, Ubuntu   sudo apt install cmake g++\n" +
  "  Fedora           sudo dnf install cmake gcc-c++\n" +
  "  macOS            xcode-select --install && brew install cmake\n" +
  '  Windows          winget install Kitware.CMake, and Visual Studio Build Tools with "Desktop development with C++"\n' +
  "Then run `npm run native`.";

function requireCmake(): void {
  const result = spawnSync("cmake", ["--version"], { encoding: "utf8" });
  const version = /version (\d+)\.(\d+)/.exec(result.stdout ?? "");
  if (result.error || !version) throw new BuildError(`CMake was not found. ${cmakeHelp}`);
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < 3 || (major === 3 && minor < 16)) {
    throw new BuildError(`CMake ${major}.${minor} is too old. ${cmakeHelp}`);
  }
}

/** Runs cmake, logs its output, and shows progress on a terminal. */
async function cmake(args: readonly string[]): Promise<void> {
  const log = createWriteStream(logFile, { flags: "a" });
  const child = spawn("cmake", [...args], { stdio: ["ignore", "pipe", "pipe"] });
  let tail = "";
  const take = (bytes: Buffer): void => {
    log.write(bytes);
    tail = (tail + bytes.toString("utf8")).slice(-20_000);
    const percent = /\[ *(\d+)%\][^[]*$/.exec(tail)?.[1];
    if (percent !== undefined && process.stderr.isTTY) process.stderr.write(`\r  ${percent.padStart(3)} % `);
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  await new Promise<void>((resolve) => log.end(resolve));
  if (process.stderr.isTTY) process.stderr.write("\r        \r");
  if (code === 0) return;
  if (/No CMAKE_(C|CXX)_COMPILER could be found|could not find any instance of Visual Studio/i.test(tail)) {
    throw new BuildError(`No C++ compiler was found. ${cmakeHelp}`);
  }
  const last = tail.trimEnd().split("\n").slice(-15).join("\n");
  throw new BuildError(`The speech engine could not be built (${logFile} has all of it):\n${last}`);
}

function install(name: string): void {
  const built = join(buildFolder, "bin", name + suffix);
  const target = join(binFolder, name + suffix);
  // A running host keeps its old file; overwriting it in place would fail or corrupt it.
  copyFileSync(built, `${target}.new`);
  renameSync(`${target}.new`, target);
}

/** Installs the libraries that the host loads at startup from its folder, including those for every processor. */
function installLibraries(): void {
  const from = join(buildFolder, "bin");
  for (const file of readdirSync(from)) {
    if (!/^(lib)?ggml.*\.(so(\.\d+)*|dylib|dll)$/.test(file)) continue;
    copyFileSync(join(from, file), join(binFolder, `${file}.new`));
    renameSync(join(binFolder, `${file}.new`), join(binFolder, file));
  }
  // OpenMP comes from the compiler's runtime library, which not every machine has.
  const found = spawnSync(process.env.CXX ?? "c++", ["-print-file-name=libgomp.so.1"], { encoding: "utf8" });
  const library = found.stdout?.trim() ?? "";
  if (process.platform === "linux" && existsSync(library)) copyFileSync(library, join(binFolder, "libgomp.so.1"));
}

/** For each program, an argument with which it starts, does nothing and exits with success. */
const harmless: Readonly<Record<string, string>> = {
  "share-probe": "--version",
  "whisper-host": "--version",
  "whisper-cli": "--help",
  "parakeet-cli": "--help",
};

function starts(name: string): boolean {
  const program = join(binFolder, name + suffix);
  return existsSync(program) && spawnSync(program, [harmless[name] ?? ""], { timeout: 20_000 }).status === 0;
}

/** Whether the processor carries out what the host was compiled to (whisper-host/PROTOCOL.md, "Levels"). */
function worksHere(): boolean {
  const program = join(binFolder, `whisper-host${suffix}`);
  const proof = join(buildFolder, "processor.json");
  return spawnSync(program, ["--proof", proof], { input: "", timeout: 120_000 }).status === 0;
}

function readBuildOptions(): Omit<BuildOptions, "withCli"> {
  const { gpu, portable } = options;
  if (gpu === undefined) return { portable };
  if (!isGpuKind(gpu)) throw new BuildError(`--gpu takes one of ${gpuKinds.join(", ")}, not "${gpu}".`);
  return { portable, gpu };
}

async function build(chosen = readBuildOptions(), refused = ""): Promise<void> {
  const withCli = options["with-cli"] || existsSync(join(binFolder, `whisper-cli${suffix}`));
  const names = [...projects, ...(withCli ? ["whisper-cli", "parakeet-cli"] : [])];
  const buildOptions = chosen;
  const flags = buildFlags({ ...buildOptions, withCli });
  const sources = whisperSources();
  const keys = computeKeys(sources, flags, buildOptions);
  if (!buildOptions.portable && !options.rebuild && readStamp(refusedStamp) === keys.build) {
    return build({ ...buildOptions, portable: true }, keys.build);
  }
  if (!options.rebuild && readStamp(buildStamp) === keys.build && names.every(starts)) {
    if (!options["if-missing"]) say("The native programs are up to date.");
    return;
  }
  requireCmake();
  const minutes = buildOptions.portable || buildOptions.gpu !== undefined ? "several minutes" : "one to three minutes";
  say(`Building the native programs, the speech engine first of all. This is done once and takes ${minutes} …`);
  if (options.rebuild || readStamp(treeStamp) !== keys.tree) rmSync(out, { recursive: true, force: true });
  mkdirSync(binFolder, { recursive: true });
  mkdirSync(buildFolder, { recursive: true });
  writeFileSync(logFile, "");
  writeFileSync(treeStamp, keys.tree);
  rmSync(buildStamp, { force: true });
  await cmake(["-S", here, "-B", buildFolder, `-DWHISPER_SOURCE_DIR=${sources.folder}`, ...flags]);
  const parallel = String(availableParallelism());
  await cmake(["--build", buildFolder, "--config", "Release", "--parallel", parallel, "--target", ...names]);
  for (const name of names) install(name);
  if (buildOptions.portable) installLibraries();
  if (!names.every(starts)) throw new BuildError("The speech engine was built but does not start on this machine.");
  if (!buildOptions.portable && !worksHere()) {
    say(
      "This processor stops at instructions that it claims to know. The speech engine is built for any processor instead.",
    );
    return build({ ...buildOptions, portable: true }, keys.build);
  }
  if (refused !== "") writeFileSync(refusedStamp, refused);
  writeFileSync(buildStamp, keys.build);
  say(`Built: ${names.map((name) => join(binFolder, name + suffix)).join(", ")}`);
}

try {
  await build();
} catch (thrown) {
  if (!(thrown instanceof BuildError)) throw thrown;
  say(thrown.message);
  process.exitCode = 1;
}
