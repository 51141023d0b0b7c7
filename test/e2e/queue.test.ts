/** The queue as somebody steers it. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { addBatch } from "../../electron/catalog/repositories/job-batches.ts";
import { keepScreenshot } from "../support/browser/browser.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("a waiting job is dragged before another one, and the station keeps that order", async () => {
  const { page, goTo, add, runtime } = await workstation();
  runtime.jobService.pauseQueue();
  for (const name of ["first", "second", "third"]) add(meetingAt(join(temporaryFolder(), `${name}.mp4`), 3));
  await goTo("Queue");
  const names = page.getByRole("table", { name: "Queue" }).getByText(/^(first|second|third)\.mp4$/);
  await expect.poll(() => names.allInnerTexts()).toEqual(["first.mp4", "second.mp4", "third.mp4"]);
  await names.filter({ hasText: "third" }).dragTo(names.filter({ hasText: "first" }));
  await expect.poll(() => names.allInnerTexts()).toEqual(["third.mp4", "first.mp4", "second.mp4"]);
  await page.reload();
  await expect.poll(() => names.allInnerTexts()).toEqual(["third.mp4", "first.mp4", "second.mp4"]);
});

test("a batch is shown city by city, and its jobs for themselves", async () => {
  const { page, goTo, add, runtime, catalog } = await workstation();
  runtime.jobService.pauseQueue();
  const createdDate = new Date().toISOString();
  const { id } = addBatch(catalog, { name: "Everything since March", request: {}, refused: [], createdDate });
  const folder = temporaryFolder();
  add(meetingAt(join(folder, "alone.mp4"), 3));
  add(meetingAt(join(folder, "oakdale 1.mp4"), 3, 10), { batchId: id, city: "Oakdale" });
  runtime.jobService.cancel(add(meetingAt(join(folder, "oakdale 2.mp4"), 3, 15), { batchId: id, city: "Oakdale" }));
  add(meetingAt(join(folder, "hugo.mp4"), 3, 20), { batchId: id, city: "Hugo" });
  await goTo("Queue");
  await page.getByText("Batches", { exact: true }).click();
  await page.getByText("0 done, 1 failed, 1 open").waitFor();
  await page.getByText("0 done, 0 failed, 1 open").waitFor();
  await capture(page, "queue-batches");
  await page.getByRole("button", { name: "Show its jobs" }).click();
  const names = page.getByRole("table", { name: "Queue" }).getByText(/\.mp4$/);
  await expect
    .poll(async () => (await names.allInnerTexts()).toSorted())
    .toEqual(["hugo.mp4", "oakdale 1.mp4", "oakdale 2.mp4"]);
  await keepScreenshot(page, "queue-of-a-batch");
  await page.getByRole("button", { name: "Show the jobs of all batches" }).click();
  await expect.poll(() => names.count()).toBe(4);
});
