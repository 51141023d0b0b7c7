/** A recording that Chromium cannot play, in Chromium. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("has a copy made when somebody asks, and plays in two windows at once", async () => {
  const { page, add, catalog, server } = await workstation({ settings: { media: { proxies: false } } });
  const folder = temporaryFolder();
  const path = join(folder, "2026-03-02 City Council.avi");
  const source = meetingAt(join(folder, "x.mp4"), 20);
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-i", source, "-c:v", "mpeg4", "-c:a", "mp3", path]);
  add(path);
  const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;
  await expect.poll(() => listLibrary(catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const id = listLibrary(catalog, all).rows[0]?.id;
  await page.goto(`${server.url}/#/meeting/${id}`);
  await page.getByText("Players here cannot play this recording").waitFor();
  await capture(page, "meeting-needs-copy");
  await page.getByRole("button", { name: "Make the copy" }).click();
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2);
  const other = await page.context().newPage();
  await other.goto(`${server.url}/#/meeting/${id}/10`);
  await other.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 2);
  const play = (on: typeof page) =>
    on.evaluate(async () => {
      const video = document.querySelector("video");
      if (video === null) return 0;
      video.muted = true;
      const from = video.currentTime;
      await video.play();
      await new Promise((resolve) =>
        video.addEventListener("timeupdate", () => video.currentTime > from + 1 && resolve(0)),
      );
      return video.currentTime;
    });
  const [first, second] = await Promise.all([play(page), play(other)]);
  expect(first).toBeGreaterThan(1);
  expect(second).toBeGreaterThan(11);
  expect(await page.evaluate(() => document.querySelector("video")?.videoWidth)).toBeGreaterThan(100);
});
