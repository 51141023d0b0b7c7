/** The screens with five hundred jobs and twenty thousand meetings: frame times while scrolling, and the host's memory. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openCatalog } from "../../electron/catalog/open.ts";
import { finishTranscription } from "../../electron/catalog/repositories/transcriptions.ts";
import { settingsSchema } from "../../electron/contract/settings.ts";
import { JobDesk } from "../../electron/jobs/queue/desk.ts";
import { recordingJob } from "../../electron/jobs/recording-job.ts";
import { systemClock } from "../../electron/lib/clock.ts";
import { startBenchHost } from "../support/bench-host.ts";
import { addMeeting } from "../support/bench-meetings.ts";
import { launchChromium } from "../support/chromium.ts";
import { HandWork } from "../support/hand-work.ts";
import { median, residentOfTree, say } from "../support/measure.ts";
import { projectRoot } from "../support/places.ts";

const jobs = 500;
const meetings = 20_000;
const cities = ["Oakdale", "Lake Elmo", "Birchwood", "White Bear Lake", "Hugo"];

function fill(folder: string): void {
  const catalog = openCatalog(join(folder, "catalog.db"), join(folder, "backups"));
  const settings = settingsSchema.parse({ queue: { maxJobs: 10_000 } });
  const kinds = [new HandWork().kind];
  const desk = new JobDesk({ catalog, clock: systemClock, kinds, maxJobs: 10_000, onChange: () => undefined });
  desk.pauseQueue();
  catalog.transaction(() => {
    for (let number = 0; number < jobs; number++) {
      const path = `/mnt/flex-1/council ${number}.mp4`;
      desk.submit(recordingJob(settings, { path, modifiedMs: Date.now(), now: new Date(), durationMs: 7_200_000 }));
    }
    for (let number = 0; number < meetings; number++) {
      const filename = `${2006 + (number % 20)}-03-02 meeting ${number}.mp4`;
      const durationMs = 3_600_000 + number * 100;
      const { id } = addMeeting(catalog, {
        number,
        filename,
        durationMs,
        city: cities[number % cities.length] ?? null,
      });
      const completedDate = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString();
      finishTranscription(catalog, id, { status: "completed", completedDate, durationMs, elapsedMs: 1_000 });
    }
  });
  catalog.close();
}

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
  fill(folder);
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
      await page.getByRole("textbox", { name: "File name" }).fill(text);
      await page
        .getByText(text === "x" ? "Nothing fits" : text)
        .first()
        .waitFor();
      times.push(performance.now() - begun);
    }
    say(
      `${"filter by name, until it is shown".padEnd(44)} median ${median(times).toFixed(0)} ms (200 ms of it waits for the next key)`,
    );
    await page.getByRole("textbox", { name: "File name" }).fill("");
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
