/** Opens the caption editor in a real browser, with a meeting that is added without a transcription. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { listLibrary } from "../../../electron/catalog/repositories/library.ts";
import { meetingAt } from "../station/station.ts";
import { temporaryFolder } from "../temporary.ts";
import { workstation } from "./workstation.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

/** Opens a meeting in the editor and waits until it is loaded. */
export async function openEditor(page: Page, url: string, id: string): Promise<void> {
  await page.goto(`${url}/#/edit/${id}`);
  await page.getByRole("grid", { name: "Captions" }).waitFor();
  await page.getByTestId("saved").getByText("Saved").first().waitFor();
}

/** A workstation with a meeting that was actually transcribed, open in the editor. */
export async function editorWithMeeting(
  seconds = 60,
  options: Parameters<typeof workstation>[1] = {},
  stationOptions: Parameters<typeof workstation>[0] = {},
) {
  const station = await workstation(stationOptions, options);
  const path = meetingAt(join(temporaryFolder(), "2026-03-02 City Council.mp4"), seconds, 0);
  station.add(path);
  await expect.poll(() => listLibrary(station.catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const id = listLibrary(station.catalog, all).rows[0]?.id ?? "";
  await openEditor(station.page, station.server.url, id);
  return { ...station, id, path, remove: () => rmSync(path) };
}
