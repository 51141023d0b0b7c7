/** Two parts joined, and a recording replaced by a better copy, on the screens: every accepted caption is still there. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { correctAndAccept, listAccepted } from "../support/editing/accepted.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

async function library() {
  const own = await workstation();
  const { catalog, runtime } = own;
  const transcribe = async (path: string): Promise<string> => {
    const job = own.add(path);
    await expect.poll(() => own.job(job)?.state).toBe("completed");
    const id = own.job(job)?.transcriptionId ?? "";
    await correctAndAccept(runtime.editing, id, `corrected in ${path.slice(-6)}`);
    return id;
  };
  const rows = () => listLibrary(catalog, all).rows.map(({ id, filePath }) => ({ id, filePath }));
  return { ...own, folder: temporaryFolder(), transcribe, rows, dialog: own.page.getByRole("dialog") };
}

test("two parts are put in order and joined; the parts can be restored", async () => {
  const { page, goTo, folder, transcribe, rows, catalog, dialog } = await library();
  const ids = [
    await transcribe(meetingAt(join(folder, "council part 1.mp4"), 24, 0)),
    await transcribe(meetingAt(join(folder, "council part 2.mp4"), 24, 24)),
  ];
  const before = ids.map((id) => listAccepted(catalog, id).map(({ text }) => text));
  await goTo("Library");
  await page.getByRole("table", { name: "Library" }).getByText("council part 2.mp4").waitFor();
  await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
  await page.getByRole("button", { name: "Join (2)" }).click();
  await dialog.getByText(/begins at 0:2\d/).waitFor();
  await dialog.getByRole("button", { name: "council part 1.mp4: later" }).click();
  await expect
    .poll(() => dialog.getByText(/council part/).allInnerTexts())
    .toEqual(["council part 2.mp4", "council part 1.mp4"]);
  await dialog.getByRole("button", { name: "council part 1.mp4: earlier" }).click();
  await capture(page, "library-join");
  await dialog.getByRole("button", { name: "Join 2 parts" }).click();
  await page.getByText("The parts are being joined.").waitFor();
  await expect.poll(() => rows().length).toBe(1);
  const [joined] = rows();
  expect(listAccepted(catalog, joined?.id ?? "").map(({ text }) => text)).toEqual(before.flat());
  await page.goto(`${page.url().replace(/#.*/, "")}#/meeting/${joined?.id}?tab=about`);
  await page
    .getByText(/joined by Anna/)
    .first()
    .waitFor();
  await page.waitForFunction(() => (document.querySelector("video")?.duration ?? 0) > 40);
  await capture(page, "meeting-joined");
  await goTo("Library");
  await page.getByRole("button", { name: "Recently deleted" }).click();
  await dialog
    .getByText(/council part 2/)
    .first()
    .waitFor();
});

test("a better copy is named on the meeting's page; what was accepted is in it", async () => {
  const { page, server, folder, transcribe, rows, catalog, dialog } = await library();
  const id = await transcribe(meetingAt(join(folder, "council.mp4"), 40, 12));
  const before = listAccepted(catalog, id).map(({ text }) => text);
  mkdirSync(join(folder, "better"));
  const better = meetingAt(join(folder, "better", "council.mp4"), 60, 0);
  await page.goto(`${server.url}/#/meeting/${id}?tab=about`);
  await page.getByRole("button", { name: "Replace the recording" }).click();
  await dialog.getByLabel("Path of the better copy").fill("/nowhere/council.mp4");
  await dialog.getByRole("button", { name: "Replace" }).click();
  await page
    .getByText(/there is no such file/i)
    .first()
    .waitFor();
  await dialog.getByLabel("Path of the better copy").fill(better);
  await capture(page, "meeting-replace");
  await dialog.getByRole("button", { name: "Replace" }).click();
  await page.getByText("The better copy is in the queue.").waitFor();
  await expect.poll(() => rows().map(({ filePath }) => filePath)).toEqual([better]);
  const [row] = rows();
  expect(listAccepted(catalog, row?.id ?? "").map(({ text }) => text)).toEqual(before);
});
