/** `archivist serve` in its own process, for benchmarks, and a signed-in page. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { projectRoot } from "../paths.ts";

export interface BenchHost {
  readonly pid: number;
  readonly url: string;
  signIn(browser: Browser): Promise<Page>;
  stop(): Promise<void>;
}

export async function startBenchHost(folder: string): Promise<BenchHost> {
  const launcher = join(projectRoot, "electron/headless/archivist.mjs");
  const child = spawn(process.execPath, [launcher, "serve", "--json", "--port", "0"], {
    env: { ...process.env, ARCHIVIST_DATA_DIR: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const part of child.stdout.setEncoding("utf8")) {
    text += String(part);
    if (text.includes("\n}")) break;
  }
  const { sign_in: link, url } = JSON.parse(text) as { sign_in: string; url: string };
  return {
    pid: child.pid ?? -1,
    url,
    signIn: async (browser) => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(link);
      await page.getByLabel("Name").fill("Anna");
      await page.locator("input[type=password]").fill("correct horse");
      await page.locator("button[type=submit]").click();
      await page.getByRole("heading", { name: "Dashboard" }).waitFor();
      return page;
    },
    stop: async () => {
      child.kill("SIGINT");
      await new Promise((resolve) => child.once("exit", resolve));
    },
  };
}
