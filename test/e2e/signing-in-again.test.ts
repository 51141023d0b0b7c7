/** Who is signed out while working signs in again over what is open, and loses nothing. */
import { expect, test } from "vitest";
import { cueText } from "../../electron/captions/cue.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { findPersonByName } from "../../electron/catalog/repositories/people.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

test("in the middle of a word: it is kept, and the editor goes on", async () => {
  const { page, catalog, server, api, password } = await workstation();
  const id = captioned(catalog, someCues(12));
  await openEditor(page, server.url, id);
  const first = (): string | undefined => findDraft(catalog, id)?.document.cues.map(cueText)[0];
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.type(" before");
  await expect.poll(first).toBe("this is caption number 0 before");
  api.sessions.dropTokens(findPersonByName(catalog, "Anna")?.id ?? 0);
  const dialog = page.getByRole("dialog", { name: "Sign in again" });
  // Whoever types on while it comes up finds the words where they belong.
  for (const sign of " and the clerk and the mayor") await page.keyboard.type(sign, { delay: 30 });
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("type") === "password");
  await capture(page, "sign-in-again");
  // It does not go away by itself, and a wrong password says so.
  await page.keyboard.press("Escape");
  await dialog.locator("input[type=password]").fill("not it at all");
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.getByText("name and password do not go together").waitFor();
  await dialog.locator("input[type=password]").fill(password);
  await dialog.getByRole("button", { name: "Sign in" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(first).toBe("this is caption number 0 before and the clerk and the mayor");
  await page.getByTestId("saved").getByText("Saved").first().waitFor();
  // Everything works as before.
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.type(" after");
  await expect.poll(() => findDraft(catalog, id)?.document.cues.map(cueText)[1]).toBe("this is caption number 1 after");
});

test("one's own account: the password, and where one is signed in", async () => {
  const { page, api, password } = await workstation();
  const other = await api.sessions.signIn("Anna", password, "a test", { kind: "browser", agent: "Old laptop" });
  await page.getByRole("button", { name: "Anna" }).click();
  await page.getByRole("menuitem", { name: "Your account" }).click();
  const row = page.getByRole("row", { name: /Old laptop/ });
  await row.waitFor();
  await capture(page, "account");
  await row.getByRole("button", { name: "Sign out there" }).click();
  await row.waitFor({ state: "detached" });
  expect(api.sessions.findPerson(other.token)).toBeUndefined();
  await page.getByLabel("Present password").fill(password);
  await page.getByLabel("New password (8 characters or more)").fill("another password");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByText("The password was changed.").first().waitFor();
  await api.sessions.signIn("Anna", "another password", "a test");
  // Here one is still signed in.
  await page.getByRole("link", { name: "Dashboard" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Dashboard" }).waitFor();
});
