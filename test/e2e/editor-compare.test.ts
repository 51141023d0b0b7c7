/** The comparison on the whole window, points of the history that are restored, and who speaks changed everywhere at once. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

const names = ["Mayor Lind", "Mayor Lind", "Speaker 2", "Speaker 2", "Speaker 2", "Mayor Lind"];

/** Captions of 1.9 s with 100 ms between them, from 1 s on, spoken by two people. */
async function editor(count = 6) {
  const { page, catalog, server } = await workstation();
  const cues = someCues(count).map((cue, index) => ({ ...cue, speaker: names[index] ?? "Mayor Lind" }));
  const id = captioned(catalog, cues);
  await openEditor(page, server.url, id);
  const document = () => findDraft(catalog, id)?.document.cues ?? cues;
  const lines = () => document().map((cue) => cue.lines.join(" "));
  const speakers = () => document().map(({ speaker }) => speaker);
  return { page, lines, speakers };
}

async function type(page: Page, row: number, text: string): Promise<void> {
  await page.locator(`[role=row][data-index='${row}']`).dblclick();
  await page.getByRole("textbox", { name: "Text of the caption" }).fill(text);
  await page.keyboard.press("Escape");
}

test("two sides stand side by side; differences are gone through by keys and taken back one, as chosen, and all", async () => {
  const { page, lines } = await editor();
  for (const row of [1, 2, 4]) await type(page, row, `changed ${row}`);
  await expect.poll(() => lines()[4]).toBe("changed 4");
  await page.getByRole("grid", { name: "Captions" }).focus();
  await page.keyboard.press("Digit1");
  await page.keyboard.press("Shift+KeyC");
  const dialog = page.getByRole("dialog", { name: "Compare" });
  const rows = dialog.getByRole("grid", { name: "Differences" }).getByRole("row");
  await expect.poll(() => rows.count()).toBe(3);
  expect(await rows.first().innerText()).toContain("this is caption number 1");
  await dialog.getByText("1 of 3").waitFor();
  await capture(page, "editor-compare-wide");
  // What is the same stands between them on wish, and kinds narrow the list down.
  await dialog.getByRole("switch", { name: "Also show what is the same" }).click();
  await expect.poll(() => rows.count()).toBe(6);
  await dialog.getByText("Speaker (1)").click();
  await dialog.getByText("1 of 1").waitFor();
  await dialog.getByText("Speaker (1)").click();
  await dialog.getByRole("switch", { name: "Also show what is the same" }).click();
  await expect.poll(() => rows.count()).toBe(3);
  await dialog.getByRole("grid", { name: "Differences" }).focus();
  await page.keyboard.press("ArrowDown");
  await dialog.getByText("2 of 3").waitFor();
  await page.keyboard.press("Enter");
  await expect.poll(() => lines()[2]).toBe("this is caption number 2");
  expect(lines()[1]).toBe("changed 1");
  // Chosen ones, at once: what lies between them stays, and one step brings both back.
  await expect.poll(() => rows.count()).toBe(2);
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await dialog.getByRole("button", { name: "Take back 2 chosen" }).click();
  await expect.poll(lines).toEqual(someCues(6).map((cue) => cue.lines.join(" ")));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => lines()[1]).toBe("changed 1");
  expect(lines()[4]).toBe("changed 4");
});

test("a point of the history is restored, and a state gets a name of its own", async () => {
  const { page, lines } = await editor();
  await type(page, 0, "first");
  await type(page, 1, "second");
  await expect.poll(() => lines()[1]).toBe("second");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("button", { name: "Save a named version" }).click();
  await page.getByRole("textbox", { name: /What this state is called/ }).fill("as the clerk sees it");
  await page.keyboard.press("Enter");
  await page.getByText("Kept as a version").waitFor();
  await page.getByRole("button", { name: "Restore the captions as they were after edit 1" }).click();
  await expect.poll(() => lines()[1]).toBe("this is caption number 1");
  expect(lines()[0]).toBe("first");
  await capture(page, "editor-history-restored");
  await page.getByText("Taken back to how they were after edit 1").first().waitFor();
  await page.getByRole("tab", { name: "Compare" }).click();
  await page.getByRole("combobox", { name: "Before" }).click();
  await page.getByRole("option", { name: "Version 1, as the clerk sees it" }).click();
  await page.getByText("1 difference").waitFor();
});

test("a speaker is renamed everywhere or from here on, two become one, and a turn is dragged on the timeline", async () => {
  const { page, speakers } = await editor(20);
  await page.getByRole("tab", { name: "Speakers" }).click();
  await page.getByRole("button", { name: "Rename Speaker 2" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("Clerk Ahn");
  await capture(page, "editor-rename-speaker");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => speakers().slice(0, 6))
    .toEqual(["Mayor Lind", "Mayor Lind", "Clerk Ahn", "Clerk Ahn", "Clerk Ahn", "Mayor Lind"]);
  await page.locator("[role=row][data-index='3']").click();
  await page.getByRole("button", { name: "Rename Clerk Ahn" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("Attorney Ruiz");
  await page.getByRole("button", { name: "From the active caption on (2)" }).click();
  await expect.poll(() => speakers().slice(2, 5)).toEqual(["Clerk Ahn", "Attorney Ruiz", "Attorney Ruiz"]);
  // The border between the clerk and the attorney goes to the start of the caption that is nearest.
  const box = await page.getByRole("img", { name: "Waveform with captions" }).boundingBox();
  if (box === null) throw new Error("there is no timeline");
  const x = (ms: number): number => box.x + (ms / 30_000) * box.width;
  await page.mouse.move(x(7_000), box.y + 58);
  await page.mouse.down();
  await page.mouse.move(x(8_000), box.y + 58);
  await page.mouse.move(x(8_900), box.y + 58);
  await capture(page, "editor-speaker-lane");
  await page.mouse.up();
  await expect.poll(() => speakers().slice(2, 5)).toEqual(["Clerk Ahn", "Clerk Ahn", "Attorney Ruiz"]);
  await page.getByRole("button", { name: "Rename Attorney Ruiz" }).click();
  await page.getByRole("textbox", { name: "New name" }).fill("Mayor Lind");
  await page.getByText("the two become one person").waitFor();
  await page.getByRole("button", { name: /^Everywhere/ }).click();
  await expect
    .poll(() => speakers().slice(0, 6))
    .toEqual(["Mayor Lind", "Mayor Lind", "Clerk Ahn", "Clerk Ahn", "Mayor Lind", "Mayor Lind"]);
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(() => speakers()[4]).toBe("Attorney Ruiz");
});
