/** The caption editor with six hours, 6,000 captions and 54,000 words: test/README.md, "Editor budgets". */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { createDocument } from "../../electron/captions/editing/document.ts";
import { findAll } from "../../electron/captions/editing/find.ts";
import { segmentWords } from "../../electron/captions/segmentation/segment.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { startBenchHost } from "../support/bench/host.ts";
import { median, say } from "../support/bench/measure.ts";
import { launchChromium } from "../support/browser/chromium.ts";
import { addKeyMeeting, keysInSubtitleEdit, reviewWithKeys } from "../support/browser/key-count.ts";
import { addLongMeeting, longWords } from "../support/captions/long-captions.ts";
import { projectRoot } from "../support/paths.ts";

const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN;
const line = (name: string, figures: string, aim: string): void =>
  say(`${name.padEnd(52)} ${figures.padEnd(46)} (aim ${aim})`);

/**
 * Measures each key press inside the page: from the event to the end of what handles it, and to the frame in which it
 * is seen. Event timing would round to 8 ms.
 */
async function typeMeasured(
  page: Page,
  count: number,
): Promise<{ handler: number[]; frames: number[]; paint: number[] }> {
  await page.evaluate(() => {
    const found = { handler: [] as number[], frames: [] as number[], paint: [] as number[] };
    let begun = 0;
    const start = (): void => {
      begun = performance.now();
    };
    const end = (): void => {
      const from = begun;
      found.handler.push(performance.now() - from);
      let frames = 0;
      const next = (): void => {
        frames++;
        // The first callback comes before the frame in which the edit is drawn, the second one after it.
        if (frames < 2) requestAnimationFrame(next);
        else {
          found.frames.push(frames);
          found.paint.push(performance.now() - from);
        }
      };
      requestAnimationFrame(next);
    };
    window.addEventListener("beforeinput", start, { capture: true });
    window.addEventListener("input", end);
    Object.assign(window, { typed: { found, start, end } });
  });
  for (let index = 0; index < count; index++) {
    await page.keyboard.type("abcdefghij klmnop"[index % 17] ?? "x");
  }
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { found, start, end } = (
      window as unknown as {
        typed: { found: { handler: number[]; frames: number[]; paint: number[] }; start: () => void; end: () => void };
      }
    ).typed;
    window.removeEventListener("beforeinput", start, { capture: true });
    window.removeEventListener("input", end);
    return found;
  });
}

async function goTo(page: Page, number: number): Promise<void> {
  await page.keyboard.press("Slash");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type(String(number + 1));
  await page.keyboard.press("Enter");
  await page.locator(`[data-index="${number}"][aria-selected="true"]`).waitFor();
}

/** Milliseconds from frame to frame while the wheel zooms the timeline, out and in, and while it pans. */
async function moveTimeline(page: Page): Promise<{ readonly zooming: number[]; readonly panning: number[] }> {
  return page.evaluate(async () => {
    const timeline = document.querySelector('[role=img][aria-label="Waveform with captions"]');
    if (timeline === null) throw new Error("there is no timeline");
    const { left, top, width } = timeline.getBoundingClientRect();
    const place = { clientX: left + width / 3, clientY: top + 90, bubbles: true, cancelable: true };
    const measure = async (turn: (step: number) => WheelEventInit): Promise<number[]> => {
      const found: number[] = [];
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let step = 0; step < 240; step++) {
        timeline.dispatchEvent(new WheelEvent("wheel", { ...place, ...turn(step) }));
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        found.push(now - last);
        last = now;
      }
      return found;
    };
    // From ten seconds to the whole meeting and back.
    const zooming = await measure((step) => ({ deltaY: step < 120 ? 40 : -40 }));
    const panning = await measure(() => ({ deltaX: 40 }));
    return { zooming, panning };
  });
}

const heap = async (page: Page): Promise<number> => {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1024 ** 2;
};

/** What an editor does in five minutes of work: accepts, corrects a word, goes on. @param edits how many of each */
async function work(page: Page, edits: number): Promise<void> {
  for (let index = 0; index < edits; index++) {
    await page.keyboard.press("KeyA");
    if (index % 5 !== 0) continue;
    await page.keyboard.press("Enter");
    await page.keyboard.type("word ");
    await page.keyboard.press("Escape");
    if (index % 20 === 0) await page.keyboard.press("Control+KeyZ");
  }
  await page.locator('[data-testid=saved][data-state="kept"]').waitFor();
}

export async function bench(): Promise<void> {
  if (!existsSync(join(projectRoot, "renderer/dist/index.html"))) throw new Error("first: npm run build");
  const folder = mkdtempSync(join(tmpdir(), "archivist-bench-"));
  writeFileSync(join(folder, "settings.json"), JSON.stringify({ intake: { automatic: false } }));
  const catalog = openCatalog(join(folder, "catalog.db"), join(folder, "backups"));
  const { id, words } = addLongMeeting(catalog, join(folder, "recordings"));
  const keyMeeting = addKeyMeeting(catalog, 300, 30);
  const heardMeeting = addKeyMeeting(catalog, 300, 30, 99_002);
  catalog.close();
  const captions = createDocument(segmentWords(longWords()));
  say(`\nsix hours: ${captions.cues.length.toLocaleString("en")} captions, ${words.toLocaleString("en")} words`);
  const finding: number[] = [];
  for (const options of [
    { text: "motion" },
    { text: "the" },
    { text: "Gutierrez", wholeWords: true },
    { text: "\\bpub\\w+ hear", isPattern: true },
    { text: "zzz" },
  ]) {
    const begun = performance.now();
    findAll(captions.cues, options);
    finding.push(performance.now() - begun);
  }
  line(
    "find everywhere",
    `median ${median(finding).toFixed(1)} ms, at most ${Math.max(...finding).toFixed(1)} ms`,
    "50 ms",
  );
  const host = await startBenchHost(folder);
  const browser = await launchChromium();
  try {
    const page = await host.signIn(browser);
    const opens: number[] = [];
    for (let round = 0; round < 4; round++) {
      await page.goto(`${host.url}/#/library`);
      await page.getByRole("heading", { name: "Library" }).waitFor();
      const begun = performance.now();
      await page.goto(`${host.url}/#/edit/${id}`);
      await page.locator('[data-index="0"]').waitFor();
      // The first time its log is begun as well.
      opens.push(performance.now() - begun);
    }
    line("open", `first ${opens[0]?.toFixed(0)} ms, again ${median(opens.slice(1)).toFixed(0)} ms`, "1,500 ms");
    await page.getByTestId("saved").getByText("Saved").first().waitFor();
    for (const number of [40, 3_000, captions.cues.length - 100]) {
      await goTo(page, number);
      await page.keyboard.press("Enter");
      const { handler, paint } = await typeMeasured(page, 200);
      await page.keyboard.press("Escape");
      line(
        `a key in caption ${number.toLocaleString("en")}: handler and store`,
        `p95 ${p95(handler).toFixed(1)} ms, median ${median(handler).toFixed(1)} ms`,
        "8 ms",
      );
      line(
        `a key in caption ${number.toLocaleString("en")}: until it is painted`,
        `p95 ${p95(paint).toFixed(1)} ms, median ${median(paint).toFixed(1)} ms`,
        "two frames, 33.4 ms",
      );
    }
    const commits: number[] = [];
    for (let round = 0; round < 20; round++) {
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      // Waits for the observer to be there: typing is faster than its way into the page.
      const taken = await page.evaluateHandle(() => {
        const { promise, resolve } = Promise.withResolvers<number>();
        const saved = document.querySelector("[data-testid=saved]");
        let last = 0;
        const typed = (): void => {
          last = performance.now();
        };
        window.addEventListener("input", typed);
        const observer = new MutationObserver(() => {
          if (last === 0 || saved?.getAttribute("data-state") !== "kept") return;
          observer.disconnect();
          window.removeEventListener("input", typed);
          resolve(performance.now() - last);
        });
        if (saved !== null) observer.observe(saved, { attributes: true });
        return { promise };
      });
      await page.keyboard.type("word");
      commits.push(await taken.evaluate(({ promise }) => promise));
      await page.keyboard.press("Escape");
    }
    line(
      "an edit on the disk, after the last key of a burst",
      `p95 ${p95(commits).toFixed(0)} ms, median ${median(commits).toFixed(0)} ms`,
      "50 ms",
    );
    const { zooming, panning } = await moveTimeline(page);
    line(
      "the timeline: a frame while the wheel zooms",
      `p95 ${p95(zooming).toFixed(1)} ms, median ${median(zooming).toFixed(1)} ms`,
      "60 a second, 16.7 ms",
    );
    line(
      "the timeline: a frame while it is panned",
      `p95 ${p95(panning).toFixed(1)} ms, median ${median(panning).toFixed(1)} ms`,
      "60 a second, 16.7 ms",
    );
    await page.keyboard.press("Home");
    // Two hours at an edit every four seconds: 1,800; five minutes: 75.
    await work(page, 75);
    const atFive = await heap(page);
    await work(page, 1_725);
    const atEnd = await heap(page);
    line(
      "page memory after two hours of edits, to minute five",
      `${atEnd.toFixed(0)} to ${atFive.toFixed(0)} MiB: ${(atEnd / atFive).toFixed(2)} ×`,
      "1.2 ×",
    );
    await page.goto(`${host.url}/#/edit/${keyMeeting.id}`);
    await page.locator('[data-index="0"]').waitFor();
    await page.getByTestId("saved").getByText("Saved").first().waitFor();
    say("\nkeys to accept 300 captions and correct 30 words, 20 of them names of the city");
    say(`${"Archivist, each caption accepted".padEnd(52)} ${await reviewWithKeys(page, keyMeeting)}`);
    await page.goto(`${host.url}/#/edit/${heardMeeting.id}`);
    await page.locator('[data-index="0"]').waitFor();
    await page.getByTestId("saved").getByText("Saved").first().waitFor();
    const upToHere = await reviewWithKeys(page, heardMeeting, "up to here");
    say(`${"Archivist, accepted up to each correction".padEnd(52)} ${upToHere} (aim 400)`);
    say(`${"Subtitle Edit, by its documented default keys".padEnd(52)} ${keysInSubtitleEdit(keyMeeting)}`);
  } finally {
    await browser.close();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
