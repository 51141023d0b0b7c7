/**
 * Finds ffmpeg and ffprobe (setting, ffmpeg-static, PATH, the npm installers with a warning), and reports which run.
 */
import { accessSync, chmodSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { ArchivistError } from "../contract/errors.ts";
import type { MediaSettings } from "../contract/settings.ts";
import { run } from "../platform/process/run.ts";
import { outsideArchive } from "../platform/shipped-files.ts";
import { isTooOld, parseToolVersion } from "./ffmpeg-messages.ts";

export type ToolName = "ffmpeg" | "ffprobe";

/** Where a program was found. */
export type ToolSource = "setting" | "shipped" | "ffmpeg-static" | "beside ffmpeg" | "PATH" | "npm package";

/** A program that was found and runs. */
export interface Tool {
  readonly name: ToolName;
  readonly path: string;
  readonly source: ToolSource;
  readonly version: string;
  /** A sentence for `doctor` and the log when this program is not a good choice. */
  readonly warning: string | undefined;
}

export interface MediaTools {
  readonly ffmpeg: Tool;
  readonly ffprobe: Tool;
}

type Candidate = readonly [ToolSource, string];

const require = createRequire(import.meta.url);
const suffix = process.platform === "win32" ? ".exe" : "";

/** Folder of the programs that an installed application brings along. */
const shippedFolder = outsideArchive(join(import.meta.dirname, "../../native/out/bin"));

/** The path that a package exports, if the package is installed. */
function packagePath(name: string): string | undefined {
  try {
    const exported: unknown = require(name);
    const path = typeof exported === "string" ? exported : (exported as { path?: unknown } | null)?.path;
    return typeof path === "string" ? path : undefined;
  } catch {
    // An optional package that is not installed, or one that has no binary for this platform.
    return undefined;
  }
}

function onPath(name: ToolName): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder || ".", name + suffix);
    if (folder !== "" && isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The @ffprobe-installer package ships its binary without the permission to run it. */
function makeExecutable(path: string): void {
  try {
    if (!isExecutable(path)) chmodSync(path, 0o755);
  } catch {
    // No permission to change it: it stays unusable, and the next check reports that.
  }
}

function candidates(name: ToolName, setting: string | null, ffmpeg?: Tool): readonly Candidate[] {
  const found: (readonly [ToolSource, string | undefined])[] = [];
  if (setting !== null) return [["setting", setting]];
  found.push(["shipped", join(shippedFolder, name + suffix)]);
  if (name === "ffmpeg") found.push(["ffmpeg-static", packagePath("ffmpeg-static")]);
  if (ffmpeg !== undefined) found.push(["beside ffmpeg", join(dirname(ffmpeg.path), name + suffix)]);
  found.push(["PATH", onPath(name)]);
  const bundled = packagePath(`@${name}-installer/${name}`);
  if (bundled !== undefined) makeExecutable(bundled);
  found.push(["npm package", bundled]);
  return found.filter((candidate): candidate is Candidate => candidate[1] !== undefined);
}

async function probeTool(name: ToolName, source: ToolSource, path: string): Promise<Tool | undefined> {
  if (!isExecutable(path)) return undefined;
  const result = await run({ name, command: path, args: ["-version"], stallMs: 10_000, maxBytes: 1 << 20 });
  const version = result.code === 0 ? parseToolVersion(result.stdout) : undefined;
  if (version === undefined) return undefined;
  let warning: string | undefined;
  if (isTooOld(version)) warning = `${name} ${version.text} is older than 4.2; some recordings may not be read`;
  else if (source === "npm package") {
    warning = `${name} is a build of 2018, used because no other was found; install FFmpeg for newer formats`;
  }
  return { name, path, source, version: version.text, warning };
}

async function findTool(name: ToolName, setting: string | null, ffmpeg?: Tool): Promise<Tool> {
  for (const [source, path] of candidates(name, setting, ffmpeg)) {
    const tool = await probeTool(name, source, path);
    if (tool !== undefined) return tool;
  }
  const key = name === "ffmpeg" ? "media.ffmpegPath" : "media.ffprobePath";
  if (setting !== null) {
    throw new ArchivistError("tool.missing", {
      subject: setting,
      cause: `the setting ${key} names this file, but it is not a working ${name}`,
      remedy: `Correct ${key}, or remove it so that ${name} is found by itself.`,
    });
  }
  throw new ArchivistError("tool.missing", {
    cause: `${name} was not found on this machine`,
    remedy:
      "Install FFmpeg (Debian and Ubuntu: sudo apt install ffmpeg; macOS: brew install ffmpeg; " +
      `Windows: winget install Gyan.FFmpeg), or name it in the setting ${key}.`,
  });
}

/**
 * Finds both programs.
 * @throws ArchivistError `tool.missing` with how to install what is missing.
 */
export async function findMediaTools(settings: MediaSettings): Promise<MediaTools> {
  const ffmpeg = await findTool("ffmpeg", settings.ffmpegPath);
  const ffprobe = await findTool("ffprobe", settings.ffprobePath, ffmpeg);
  return { ffmpeg, ffprobe };
}
