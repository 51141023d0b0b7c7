/**
 * ffmpeg-static downloads its program in an install script, and install scripts are disabled here. This runs that
 * script, best effort: without a network, or if the download site is blocked, the machine's ffmpeg is used.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const patienceMs = 180_000;

/** Downloads ffmpeg-static's program if the package is installed without it. Never fails. */
export async function fetchFfmpeg(say: (text: string) => void): Promise<void> {
  let folder: string;
  let program: unknown;
  try {
    folder = dirname(require.resolve("ffmpeg-static/package.json"));
    program = require("ffmpeg-static");
  } catch {
    return;
  }
  if (typeof program !== "string" || existsSync(program)) return;
  say("Fetching ffmpeg (ffmpeg-static) …");
  const child = spawn(process.execPath, [join(folder, "install.js")], { cwd: folder, stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), patienceMs);
  await new Promise<void>((resolve) => {
    child.once("error", () => resolve());
    child.once("close", () => resolve());
  });
  clearTimeout(timer);
  say(
    existsSync(program)
      ? `ffmpeg: ${program}`
      : "ffmpeg-static could not be fetched; the ffmpeg of this machine will be used.",
  );
}
