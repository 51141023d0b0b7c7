/** Two people in one meeting: where the other one is, and what they say to one another about a caption. */
import { expect, test } from "vitest";
import { openPage } from "../support/browser/browser.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

test("each sees where the other one is; a comment is addressed, answered, settled, and found again at its caption", async () => {
  const { page, catalog, server, somebody } = await workstation();
  const id = captioned(catalog, someCues(20));
  await openEditor(page, server.url, id);
  const other = await openPage();
  await other.context().addCookies([{ name: "archivist", value: await somebody("Ben", "user"), url: server.url }]);
  await other.goto(`${server.url}/#/edit/${id}`);
  await other.getByRole("grid", { name: "Captions" }).waitFor();
  await other.locator("[role=row][data-index='4']").click();
  await page.getByRole("button", { name: "Ben is at caption 5" }).waitFor({ timeout: 15_000 });
  await other.getByRole("button", { name: /^Anna corrects caption/ }).waitFor({ timeout: 15_000 });
  // Ben may only look, and comments: the pen is not needed for that.
  await other.keyboard.press("Control+Alt+KeyM");
  await other.keyboard.type("Is that Lind or Lynd, @an");
  await other.getByRole("button", { name: "@Anna" }).click();
  await other.getByRole("button", { name: "Comment", exact: true }).click();
  await page.getByRole("button", { name: "1 open comment" }).waitFor({ timeout: 15_000 });
  // Anna goes to where Ben is, and from the sign in the row to what he says.
  await page.getByRole("button", { name: "Ben is at caption 5" }).click();
  await expect.poll(() => page.locator('[role=row][aria-selected="true"]').getAttribute("data-index")).toBe("4");
  await page.getByRole("button", { name: "1 open comment" }).click();
  const threads = page.getByRole("list", { name: "Comments" });
  await threads.getByText("Is that Lind or Lynd").waitFor();
  await threads.getByRole("button", { name: "Answer" }).click();
  await page.getByRole("textbox", { name: "Answer to Ben" }).fill("Lind, it is on the agenda.");
  await page.keyboard.press("Control+Enter");
  await other.getByText("Lind, it is on the agenda.").waitFor({ timeout: 15_000 });
  await capture(page, "editor-comments");
  await threads.getByRole("button", { name: "Resolve" }).click();
  await other.getByText("Resolved by Anna").waitFor({ timeout: 15_000 });
  await page.getByRole("button", { name: "1 open comment" }).waitFor({ state: "detached" });
  await other.close();
  await page.getByRole("button", { name: "Ben is at caption 5" }).waitFor({ state: "detached", timeout: 20_000 });
});
