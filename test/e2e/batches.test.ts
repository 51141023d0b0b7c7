/** Batches, schedules and places of files, as somebody makes and sees them on the screens. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function station() {
  const share = join(temporaryFolder(), "flex");
  mkdirSync(share);
  const all = await workstation({
    shares: [{ label: "Flex", path: share }],
    cities: [{ name: "Oakdale", shares: ["Flex"], folders: ["oakdale/**"], output: "{share}/captions/{date}" }],
    settings: { queue: { attempts: 1 } },
  });
  return { ...all, share };
}

test("a batch is made of a city and its dates, is followed, reported, and tried again where it failed", async () => {
  const { page, goTo, share, runtime } = await station();
  meetingAt(join(share, "oakdale", "2026-03-02 council.mp4"), 4);
  const bad = meetingAt(join(share, "oakdale", "2026-03-09 council.mp4"), 5, 8);
  meetingAt(join(share, "oakdale", "2026-01-05 council.mp4"), 6);
  runtime.jobService.pauseQueue();
  await goTo("Queue");
  await page.getByText("Batches", { exact: true }).click();
  await page.getByText("No batches").waitFor();
  await page.getByRole("button", { name: "New batch" }).click();
  const dialog = page.getByRole("dialog", { name: "New batch" });
  await dialog.getByRole("combobox", { name: "Cities" }).click();
  await page.getByRole("option", { name: "Oakdale" }).click();
  await dialog.getByLabel("Meetings from").fill("2026-02-01");
  await dialog.getByRole("combobox", { name: "Summary" }).click();
  await page.getByRole("option", { name: "No", exact: true }).click();
  await capture(page, "batch-new");
  await dialog.getByRole("button", { name: "Look for recordings and start" }).click();
  await dialog.getByText("2 recordings in the queue").waitFor();
  await dialog.getByRole("button", { name: "Done" }).click();
  const card = page.getByRole("region", { name: "Oakdale 2026-02-01" });
  await card.getByText("0 done, 0 failed, 2 open").waitFor();

  const away = `${bad}.away`;
  renameSync(bad, away);
  runtime.jobService.resumeQueue();
  await card.getByText("1 done, 1 failed, 0 open").waitFor({ timeout: 90_000 });
  await capture(page, "batches");
  await card.getByRole("link", { name: "Report" }).click();
  await page.getByRole("heading", { name: "Report: Oakdale 2026-02-01" }).waitFor();
  await page.getByText("1 of 2 recordings done").waitFor();
  await page.getByRole("link", { name: "2026-03-02 council.mp4" }).waitFor();
  await capture(page, "batch-report");
  // On paper there is the report and nothing else, and all of it.
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("navigation").isVisible()).toBe(false);
  expect(await page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
  expect(await page.locator("#content").evaluate((content) => getComputedStyle(content).overflowY)).toBe("visible");
  await capture(page, "batch-report-print");
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("link", { name: "All batches" }).click();
  renameSync(away, bad);
  await card.getByRole("button", { name: "Try again what failed" }).click();
  await card.getByText("2 done, 0 failed, 0 open").waitFor({ timeout: 90_000 });
});

test("a batch of files says what it does not take", async () => {
  const { page, goTo, runtime } = await station();
  runtime.jobService.pauseQueue();
  const folder = temporaryFolder();
  meetingAt(join(folder, "a.mp4"), 4);
  await goTo("Queue");
  await page.getByText("Batches", { exact: true }).click();
  await page.getByRole("button", { name: "New batch" }).click();
  await page.getByText("A list of files").click();
  await page.getByLabel("Files and folders on the station").fill(`${folder}\n/no/such/file.mp4`);
  await page.getByRole("button", { name: "Look for recordings and start" }).click();
  await page.getByText("1 recording in the queue").waitFor();
  await page.getByText("1 file not taken").waitFor();
  await page.getByText("/no/such/file.mp4:").waitFor();
});

test("schedules are seen, run, switched, changed and added", async () => {
  const { page, goTo, runtime } = await station();
  await goTo("Queue");
  await page.getByText("Schedules", { exact: true }).click();
  const row = page.getByRole("row", { name: /Back up the catalog/ });
  await row.getByText("30 1 * * *").waitFor();
  await row.getByRole("button", { name: "Run now" }).click();
  await row.getByText("Put into the queue").waitFor();
  const isOn = () => runtime.schedules.find(({ name }) => name === "backup")?.isOn;
  await row.getByRole("switch").click({ force: true });
  await expect.poll(isOn).toBe(false);
  await row.getByText("off", { exact: true }).waitFor();
  await row.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("Time", { exact: false }).fill("15 4 * * *");
  await page.getByText(/Next: /).waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await row.getByText("15 4 * * *").waitFor();
  await page.getByRole("button", { name: "Add a schedule" }).click();
  await page.getByLabel("Name").fill("Noon");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("row", { name: /Noon/ }).waitFor();
  await capture(page, "schedules");
  expect(await page.getByText(/restart|reopen/i).count()).toBe(0);
});

test("intake shows where files will go, and the meeting and the queue say when they wait for their share", async () => {
  const { page, goTo, share, runtime } = await station();
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale council.mp4"), 4);
  rmSync(share, { recursive: true });
  await runtime.monitor.checkAll();
  await goTo("Intake");
  await page.getByLabel("Path on the station").fill(recording);
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByText(`Files go to ${join(share, "captions", "2026-03-02")}`).waitFor();
  await page.getByText(/Flex cannot be written to now/).waitFor();
  await page.getByLabel("Date").fill("2026-03-05");
  await page.getByText(`Files go to ${join(share, "captions", "2026-03-05")}`).waitFor();
  await page.getByRole("button", { name: /^Options of/ }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Summary" }).click();
  await page.getByRole("option", { name: "No", exact: true }).click();
  await capture(page, "intake-options");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Start 1 recording" }).click();
  await page
    .getByText(/Bring the files of .* to Flex/)
    .first()
    .waitFor({ timeout: 90_000 });
  await page.getByText("The share Flex is not ready").first().waitFor();
  await page
    .getByText(/Bring the files of .* to Flex/)
    .first()
    .click();
  await capture(page, "queue-waits-for-share");
  await goTo("Library");
  await page.getByText("2026-03-02 Oakdale council.mp4").first().click();
  await page.getByText("The files wait for their share").waitFor();
  await capture(page, "meeting-files-wait");
  mkdirSync(share);
  await expect.poll(() => existsSync(join(share, "captions", "2026-03-05")), { timeout: 30_000 }).toBe(true);
  await page.getByText("The files wait for their share").waitFor({ state: "detached", timeout: 30_000 });
  const names = readdirSync(join(share, "captions", "2026-03-05"));
  expect(names.some((name) => name.endsWith(".scc"))).toBe(true);
  expect(names.some((name) => name.endsWith(".summary.md"))).toBe(false);
});
