/** The screens with five hundred jobs and twenty thousand meetings: frame times while scrolling, and the host's memory. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startBenchHost } from "../support/bench/host.ts";
import { fillLibrary, jobs, meetings } from "../support/bench/library.ts";
import { median, residentOfTree, say } from "../support/bench/measure.ts";
import { launchChromium } from "../support/browser/chromium.ts";
import { projectRoot } from "../support/paths.ts";

/** Turns the wheel over a table, frame by frame. @returns Milliseconds from each frame to the next */
function scroll(page: Page, table: string, frames: number, pixels: number): Promise<number[]> {
  return page.evaluate(
    async ({ label, count, step }) => {
      const scroller = document.querySelector(`[role=table][aria-label="${label}"]`);
      const times: number[] = [];
      let before = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < count; frame++) {
        scroller?.scrollBy(0, step);
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - before);
        before = now;
      }
      return times;
    },
    { label: table, count: frames, step: pixels },
  );
}

function sayFrames(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const late = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  const figures = `median ${median(times).toFixed(1)} ms, 99 % under ${late.toFixed(1)} ms, worst ${(sorted.at(-1) ?? 0).toFixed(1)} ms`;
  say(`${name.padEnd(44)} ${figures}   (a frame is 16.7 ms)`);
}

export async function bench(): Promise<void> {
  if (!existsSync(join(projectRoot, "renderer/dist/index.html"))) throw new Error("first: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  fillLibrary(folder);
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ intake: { automatic: false } }));
  const host = await startBenchHost(folder);
  const browser = await launchChromium();
  try {
    const page = await host.signIn(browser);
    const open = (name: string) => page.getByRole("navigation").getByRole("link", { name }).click();
    say(`\n${jobs} jobs, ${meetings.toLocaleString("en")} meetings`);
    const memory = () => residentOfTree(host.pid);
    const atFirst = memory();
    await open("Queue");
    await page.getByText("council 0.mp4").waitFor();
    sayFrames("queue, 60 pixels a frame", await scroll(page, "Queue", 300, 60));
    await open("Library");
    await page.getByText(`meeting ${meetings - 1}.mp4`).waitFor();
    sayFrames("library, 60 pixels a frame", await scroll(page, "Library", 600, 60));
    sayFrames("library, 1,500 pixels a frame, to its end", await scroll(page, "Library", 540, 1_500));
    await page.getByText("meeting 0.mp4").waitFor();
    const times: number[] = [];
    for (const text of ["1234", "meeting 19", "2011-", "777", "x"]) {
      const begun = performance.now();
      await page.getByRole("textbox", { name: "Title, file, tag, person" }).fill(text);
      await page
        .getByText(text === "x" ? "Nothing fits" : text)
        .first()
        .waitFor();
      times.push(performance.now() - begun);
    }
    say(
      `${"filter by name, until it is shown".padEnd(44)} median ${median(times).toFixed(0)} ms (200 ms of it waits for the next key)`,
    );
    await page.getByRole("textbox", { name: "Title, file, tag, person" }).fill("");
    await page.getByText(`meeting ${meetings - 1}.mp4`).waitFor();
    for (let round = 0; round < 5; round++) await scroll(page, "Library", 540, round % 2 === 0 ? 1_500 : -1_500);
    say(
      `${"host memory, at first and after all of it".padEnd(44)} ${atFirst.toFixed(0)} and ${memory().toFixed(0)} MiB`,
    );
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
