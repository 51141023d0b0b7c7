/** From `npm start` to a queue that can be used, with twenty thousand meetings in the catalog; and memory at rest. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fillLibrary, jobs, meetings } from "../support/bench/library.ts";
import { median, residentOfTree, say } from "../support/bench/measure.ts";
import { launchChromium } from "../support/browser/chromium.ts";
import { projectRoot } from "../support/paths.ts";

const rounds = 5;
const port = 20_000 + (process.pid % 20_000);
const folder = mkdtempSync(join(tmpdir(), "archivist-start-"));
fillLibrary(folder);
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const times: { readonly listens: number; readonly queue: number }[] = [];
  let rest = 0;
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now();
    const child = spawn("npm", ["start", "--silent", "--", "--no-open", "--json", "--port", String(port)], {
      cwd: projectRoot,
      env: { ...process.env, ARCHIVIST_DATA_DIR: folder },
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    let text = "";
    for await (const part of child.stdout.setEncoding("utf8")) {
      text += String(part);
      if (text.includes("\n}")) break;
    }
    const listens = performance.now() - begun;
    const { sign_in: link, url } = JSON.parse(text) as { sign_in: string; url: string };
    // The first time, somebody signs in; from then on the browser is known.
    await page.goto(round === 0 ? link : `${url}/#/queue`);
    if (round === 0) {
      await page.getByLabel("Name").fill("Anna");
      await page.locator("input[type=password]").fill("correct horse");
      await page.locator("button[type=submit]").click();
      await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    } else {
      await page.getByRole("table", { name: "Queue" }).getByText("council 0.mp4").waitFor();
      times.push({ listens, queue: performance.now() - begun });
    }
    if (round === rounds) {
      await page.goto("about:blank");
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      rest = residentOfTree(child.pid ?? -1);
    }
    process.kill(-(child.pid ?? 0), "SIGINT");
    await ended;
  }
  const of = (key: "listens" | "queue"): string => {
    const all = times.map((each) => each[key] / 1000);
    return `median ${median(all).toFixed(2)} s, at most ${Math.max(...all).toFixed(2)} s`;
  };
  say(`${jobs} jobs, ${meetings.toLocaleString("en")} meetings, ${rounds} starts`);
  say(`npm start until the station answers         ${of("listens")}`);
  say(`npm start until the queue can be used       ${of("queue")}`);
  say(`memory at rest, npm and both processes      ${rest.toFixed(0)} MiB`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
