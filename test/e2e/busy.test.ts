/** Every screen of a station at work where not all is well: shares away, jobs failed, one running, many waiting. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { seriousViolations } from "../support/browser/accessibility.ts";
import { keepScreenshot, openPage } from "../support/browser/browser.ts";
import { looks } from "../support/browser/looks.ts";
import { screenNames, workstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("shows itself in every colour and size, and axe finds no serious violation", async () => {
  const root = temporaryFolder();
  const [oakdale, away] = [join(root, "oakdale"), join(root, "away")];
  mkdirSync(oakdale);
  const shares = [
    { label: "Oakdale flex", path: oakdale },
    { label: "Lake Elmo flex", path: away, mountCommand: "sudo mount /mnt/flex2" },
    { label: "Cold storage", path: root, role: "archive" },
  ];
  const cities = [
    { name: "Oakdale", shares: ["Oakdale flex"] },
    { name: "Lake Elmo", shares: ["Lake Elmo flex"] },
  ];
  const { page, add, catalog, job, server, runtime } = await workstation({ shares, cities });
  const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;
  add(meetingAt(join(oakdale, "2026-03-02 City Council.mp4"), 40));
  const broken = join(oakdale, "2026-03-03 Planning Commission.mp4");
  writeFileSync(broken, "This is no video.");
  const failing = add(broken);
  await expect.poll(() => listLibrary(catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  await expect.poll(() => job(failing)?.state).toBe("failed");
  const waiting = add(join(away, "2026-03-04 City Council.mp4"), { city: "Lake Elmo" });
  await expect.poll(() => job(waiting)?.state).toBe("waiting");
  const running = add(meetingAt(join(oakdale, "2026-03-05 Work Session.mp4"), 130, 0), { city: "Oakdale" });
  for (const day of ["06", "07", "08"])
    add(meetingAt(join(oakdale, `2026-03-${day} City Council.mp4`), 6, Number(day)));
  await expect.poll(() => job(running)?.state).toBe("running");
  // What runs is held where it is until everything has been looked at.
  runtime.jobService.pauseQueue();
  const meeting = `/meeting/${listLibrary(catalog, all).rows.find(({ status }) => status !== "failed")?.id}`;
  const state = await page.context().storageState();
  for (const { colorScheme, width, height } of looks) {
    const own = await openPage({ colorScheme, viewport: { width, height }, storageState: state });
    await own.goto(server.url);
    await own.getByRole("heading", { level: 1 }).waitFor();
    const capture = async (name: string): Promise<void> => {
      await own.waitForLoadState("networkidle");
      await own.getByText("Looking at everything").waitFor({ state: "detached" });
      await keepScreenshot(own, `busy-${colorScheme}-${width}x${height}-${name}`);
      expect([name, await seriousViolations(own)]).toEqual([name, []]);
    };
    for (const screen of screenNames) {
      await own.getByRole("navigation").getByRole("link", { name: screen }).click();
      await own.getByRole("heading", { level: 1, name: screen }).waitFor();
      await capture(screen.toLowerCase().replaceAll(" ", "-"));
    }
    await own.goto(`${server.url}/#${meeting}`);
    await own.getByRole("tab", { name: "Files" }).click();
    await capture("meeting-files");
    await own.goto(`${server.url}/#/queue/${failing}`);
    await own.getByText("History").waitFor();
    await capture("queue-failed");
    await own.getByText("Pools", { exact: true }).click();
    await own.getByRole("region", { name: "Transcription" }).waitFor();
    await capture("queue-pools");
  }
});
