/** Small pictures of the recording over the timeline, in Chromium. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { getPictureFiles } from "../../electron/media/pictures.ts";
import { editorWithMeeting } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";

test("a picture and its time stand above the pointer, on the overview and on the ruler; below it none is in the way", async () => {
  const { page, catalog, services } = await editorWithMeeting(40, {}, { settings: { media: { pictures: true } } });
  const all = { sort: "completed", descending: true, limit: 1, offset: 0 } as const;
  const recordingId = listLibrary(catalog, all).rows[0]?.recordingId ?? "";
  const { facts } = getPictureFiles(join(services.folder.recordings, recordingId));
  await expect.poll(() => existsSync(facts)).toBe(true);
  await page.reload();
  await page.getByRole("grid", { name: "Captions" }).waitFor();
  const overview = await page.getByRole("slider", { name: "The whole meeting" }).boundingBox();
  if (overview === null) throw new Error("there is no overview");
  const picture = page.locator("[data-picture]");
  await page.mouse.move(overview.x + overview.width / 2, overview.y + 10);
  await picture.waitFor();
  expect(await picture.textContent()).toMatch(/^(0:)?00?:(19|20)/);
  const box = await picture.boundingBox();
  expect(box?.width).toBeCloseTo(160, -1);
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(overview.y);
  await capture(page, "editor-picture");
  const timeline = await page.getByRole("img", { name: "Waveform with captions" }).boundingBox();
  if (timeline === null) throw new Error("there is no timeline");
  await page.mouse.move(timeline.x + 300, timeline.y + 8);
  await picture.waitFor();
  await page.mouse.move(timeline.x + 300, timeline.y + 40);
  await picture.waitFor({ state: "detached" });
  // At the edge it stays inside of the window.
  await page.mouse.move(overview.x + 1, overview.y + 10);
  await picture.waitFor();
  expect((await picture.boundingBox())?.x).toBeGreaterThanOrEqual(0);
});
