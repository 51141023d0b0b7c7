/** Opens pages in a real Chromium. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { launchChromium } from "./chromium.ts";

/** Maximum time for a page to show what a test waits for, in milliseconds: the same as for `expect.poll`. */
const patienceMs = 120_000;

let shared: Promise<Browser> | undefined;

/** One browser for all tests of a file; it ends with its process. */
function browser(): Promise<Browser> {
  shared ??= launchChromium();
  return shared;
}

/** Runs in the page. */
const preferLightEditor = (): void => localStorage.setItem("archivist-editor-scheme", "light");

/** Opens a page in its own context; an error in the page fails the test. */
export async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await (await browser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(patienceMs);
  // The editor is dark, whatever the system is: where a test looks at light pages, the person has chosen that there, too.
  if (options.colorScheme === "light") await context.addInitScript(preferLightEditor);
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  onTestFinished(async () => {
    await context.close();
    if (wrong.length > 0) throw new Error(`the page threw: ${wrong.join("; ")}`);
  });
  return page;
}

/** Saves a screenshot for manual inspection if `SCREENSHOTS_FOLDER` names a folder. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS_FOLDER;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
