/** A real Chromium for pages that a person looks at. */
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

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

let shared: Promise<Browser> | undefined;

/** Where programs are not found by their names: what every Windows has, and what most Macs have. */
const channels: Partial<Record<NodeJS.Platform, string>> = { win32: "msedge", darwin: "chrome" };

/** One for all tests of a file; it ends with its process. */
function browser(): Promise<Browser> {
  const executablePath = ["chromium", "chromium-browser", "google-chrome"]
    .map(inSearchPath)
    .find((path) => path !== undefined);
  const channel = channels[process.platform];
  if (executablePath === undefined && channel === undefined) {
    throw new Error("these tests need Chromium (Debian: apt-get install chromium)");
  }
  const program = executablePath === undefined ? { channel: channel ?? "" } : { executablePath };
  shared ??= chromium.launch({ ...program, args: flags });
  return shared;
}

/** A page of its own; whatever goes wrong in it fails the test. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  onTestFinished(async () => {
    await context.close();
    if (wrong.length > 0) throw new Error(`the page threw: ${wrong.join("; ")}`);
  });
  return page;
}

/** Keeps a picture of a page for somebody to look at, where `ARCHIVIST_SCREENSHOTS` names a folder. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.ARCHIVIST_SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
