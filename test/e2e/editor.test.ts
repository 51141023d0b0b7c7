/** The caption editor as an editor uses it. */
import { describe, expect, test } from "vitest";
import { draftOf } from "../../electron/catalog/repositories/drafts.ts";
import { seriousViolations } from "../support/accessibility.ts";
import { keepScreenshot } from "../support/browser.ts";
import { editorWithMeeting } from "../support/editor.ts";

describe("a meeting", () => {
  test("is reviewed, corrected, approved, and every edit is in the catalog", async () => {
    const { page, catalog, id } = await editorWithMeeting(60);
    const document = () => draftOf(catalog, id)?.document;
    await keepScreenshot(page, "editor");
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press("KeyA");
    await page.keyboard.press("KeyA");
    await expect.poll(() => document()?.cues.filter(({ reviewed }) => reviewed).length).toBe(2);
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Text of the caption" }).fill("I call this meeting\nto order, again.");
    await expect.poll(() => document()?.cues[2]?.lines).toEqual(["I call this meeting", "to order, again."]);
    await keepScreenshot(page, "editor-typing");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+KeyZ");
    await expect.poll(() => document()?.cues[2]?.lines.join(" ")).not.toContain("again");
    await page.keyboard.press("Control+KeyY");
    await expect.poll(() => document()?.cues[2]?.lines.join(" ")).toContain("again");
    const before = document()?.cues.length ?? 0;
    await page.keyboard.press("KeyM");
    await expect.poll(() => document()?.cues.length).toBe(before - 1);
    await page.keyboard.press("KeyH");
    await page.getByText("Merged").waitFor();
    await keepScreenshot(page, "editor-history");
  }, 120_000);
});
