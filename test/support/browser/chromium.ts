/** Starts the Chromium that is installed on this machine. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const flags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--autoplay-policy=no-user-gesture-required",
];

function inSearchPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Browser channels where programs are not found by name: present on every Windows and on most Macs. */
const channels: Partial<Record<NodeJS.Platform, string>> = { win32: "msedge", darwin: "chrome" };

/** @throws Error if no browser is found */
export function launchChromium(): Promise<Browser> {
  const executablePath = ["chromium", "chromium-browser", "google-chrome"]
    .map(inSearchPath)
    .find((path) => path !== undefined);
  const channel = channels[process.platform];
  if (executablePath === undefined && channel === undefined) {
    throw new Error("these tests need Chromium (Debian: apt-get install chromium)");
  }
  const program = executablePath === undefined ? { channel: channel ?? "" } : { executablePath };
  return chromium.launch({ ...program, args: flags });
}
