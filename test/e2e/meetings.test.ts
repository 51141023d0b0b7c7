/** What is known of meetings, changed, found, deleted and brought back on the screens. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { findFacts, listChanges } from "../../electron/catalog/repositories/meeting-facts.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { correctAndAccept, listAccepted } from "../support/editing/accepted.ts";
import { addFinishedMeeting } from "../support/station/finished-meeting.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function library() {
  const own = await workstation();
  const folder = temporaryFolder();
  const add = (name: string) => addFinishedMeeting(own.catalog, join(folder, name), join(folder, `out ${name}`)).id;
  const ids = ["2026-03-02 City Council.mp4", "2026-03-09 Parks.mp4", "2026-03-16 Schools.mp4"].map(add);
  own.runtime.jobService.pauseQueue();
  await own.goTo("Library");
  return { ...own, ids, dialog: own.page.getByRole("dialog") };
}

test("a title, a tag and an unknown date are entered on the meeting's page, logged, and found", async () => {
  const { page, goTo, catalog, ids, dialog } = await library();
  const [id = ""] = ids;
  await page.getByText("2026-03-02 City Council.mp4").first().click();
  await page.getByRole("tab", { name: "About" }).click();
  await page.getByText("Nothing has been changed by hand.").waitFor();
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Date" }).fill("2026-02-30");
  await dialog.getByText("A date is a day in the calendar, such as 2026-03-02.").waitFor();
  expect(await dialog.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
  await dialog.getByRole("textbox", { name: "Date" }).fill("");
  await dialog.getByRole("textbox", { name: "Title" }).fill("Budget Hearing");
  await dialog.getByRole("combobox", { name: "Tags" }).fill("Streets");
  await page.keyboard.press("Enter");
  await capture(page, "meeting-edit");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: "Budget Hearing" }).waitFor();
  await page.getByText("City Council → Budget Hearing").waitFor();
  await page.getByText("2026-03-02 → none").waitFor();
  await capture(page, "meeting-about");
  expect(findFacts(catalog, id)).toMatchObject({ title: "Budget Hearing", date: null, tags: ["Streets"] });
  expect(listChanges(catalog, id).map(({ madeBy }) => madeBy)).toEqual(["Anna"]);

  await goTo("Library");
  await page.getByText("No date", { exact: true }).waitFor();
  await page.getByRole("searchbox").fill("budget");
  await page.getByRole("button", { name: /Title\s*Budget Hearing/ }).waitFor();
  await page.getByRole("searchbox").fill("fence");
  await expect.poll(() => page.getByRole("button", { name: /Summary\s*The fence/ }).count()).toBe(3);
  await page.getByRole("searchbox").fill("order");
  await expect.poll(() => page.getByRole("button", { name: /Caption\s*The meeting/ }).count()).toBe(3);
  await capture(page, "library-found");
});

test("many are changed at once, in the fields that are chosen and no others", async () => {
  const { page, catalog, ids, dialog } = await library();
  await page.getByRole("checkbox", { name: "Choose all that are shown" }).click();
  await page.getByRole("button", { name: "Edit (3)" }).click();
  const apply = dialog.getByRole("button", { name: "Change 3 meetings" });
  expect(await apply.isDisabled()).toBe(true);
  await dialog.getByRole("checkbox", { name: "Change: City" }).check();
  await dialog.getByRole("combobox", { name: "City" }).fill("Lake Elmo");
  await dialog.getByText(/With the new city follow at once/).waitFor();
  await dialog.getByRole("checkbox", { name: "Change: Add tags" }).check();
  await dialog.getByRole("combobox", { name: "Add tags" }).fill("Live");
  await page.keyboard.press("Enter");
  await capture(page, "library-edit-many");
  await apply.click();
  await dialog.waitFor({ state: "detached" });
  for (const id of ids) {
    expect(findFacts(catalog, id)).toMatchObject({ city: "Lake Elmo", tags: ["Live"], title: "City Council" });
  }
  const table = page.getByRole("table", { name: "Library" });
  await expect.poll(() => table.getByText("Live", { exact: true }).count()).toBe(3);
});

test("a meeting is deleted after a dialog that says what goes, and brought back", async () => {
  const { page, catalog, ids, dialog, runtime } = await library();
  const [, parks = ""] = ids;
  await correctAndAccept(runtime.editing, parks, "we adjourn, corrected");
  const accepted = listAccepted(catalog, parks);
  expect(accepted).toHaveLength(2);
  await page.getByRole("checkbox", { name: /2026-03-09 Parks/ }).check();
  await page.getByRole("button", { name: "Delete (1)" }).click();
  await dialog.getByText("2 captions, 1 version and 2 edits, with summary, marks and approvals").waitFor();
  await dialog.getByText(/2026-03-09 Parks\.mp4$/).waitFor();
  await capture(page, "meeting-delete");
  await dialog.getByRole("button", { name: "Delete 1 meeting" }).click();
  const name = page.getByRole("table", { name: "Library" }).getByText("2026-03-09 Parks.mp4");
  await expect.poll(() => name.count()).toBe(0);
  await page.getByRole("button", { name: "Recently deleted" }).click();
  await dialog.getByText(/deleted by Anna just now; gone for good on/).waitFor();
  await capture(page, "library-deleted");
  await dialog.getByRole("button", { name: /Restore/ }).click();
  await dialog.getByText("Nothing was deleted in the last thirty days.").waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => name.count()).toBe(1);
  expect(listChanges(catalog, parks).map(({ kind }) => kind)).toEqual(["restored", "deleted"]);
  expect(listAccepted(catalog, parks)).toEqual(accepted);
});
