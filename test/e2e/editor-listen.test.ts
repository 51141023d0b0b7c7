/** Captions that are accepted as the recording plays over them. */
import { expect, test } from "vitest";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { editorWithMeeting } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";

test("what is heard from its start to its end is accepted, but not what somebody types in or what has an issue", async () => {
  const { page, catalog, id } = await editorWithMeeting(60);
  const cues = () => findDraft(catalog, id)?.document.cues ?? [];
  const accepted = (): readonly number[] => cues().flatMap(({ reviewed }, index) => (reviewed === true ? [index] : []));
  await page.getByRole("grid", { name: "Captions" }).focus();
  // The second one is too fast to be read.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page
    .getByRole("textbox", { name: "Text of the caption" })
    .fill("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen");
  await page.keyboard.press("Escape");
  await page.locator('[data-kind="error"]').waitFor({ timeout: 10_000 });
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+KeyK");
  await page.getByText("Captions that you hear whole are accepted").waitFor();
  await expect.poll(() => accepted().length, { timeout: 40_000 }).toBeGreaterThan(2);
  await capture(page, "editor-accepting-heard");
  await page.keyboard.press("Shift+KeyK");
  await page.getByText("Captions are accepted by hand again.").waitFor();
  expect(accepted()).not.toContain(1);
  const before = accepted().length;
  await page.keyboard.press("Space");
  // It is off: what is heard now stays open, and the last acceptance is taken back like any edit.
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => accepted().length).toBeLessThan(before);
});
