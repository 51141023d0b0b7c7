/** What an editor has besides the captions: versions beside one another, lists with ticks, own keys, dictionaries. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { listDictionaryWords } from "../../electron/catalog/repositories/dictionary.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { temporaryFolder } from "../support/temporary.ts";

async function editorWithCues(count = 20) {
  const station = await workstation();
  const id = captioned(station.catalog, someCues(count));
  await openEditor(station.page, station.server.url, id);
  const lines = () => findDraft(station.catalog, id)?.document.cues.map((cue) => cue.lines.join(" ")) ?? [];
  return { ...station, id, lines };
}

async function choose(page: Page, label: string, option: RegExp): Promise<void> {
  await page.getByRole("combobox", { name: label }).click();
  await page.getByRole("option", { name: option }).click();
}

test("any two versions, and any point of the history, are held against one another; what is chosen is taken back", async () => {
  const { page, lines } = await editorWithCues(6);
  const grid = page.getByRole("grid", { name: "Captions" });
  await page.keyboard.press("Control+KeyH");
  await page.getByRole("textbox", { name: "Find", exact: true }).fill("caption");
  await page.getByLabel("Replace with").fill("line");
  // Two of them stay.
  await page.getByRole("checkbox", { name: "Replace in caption 2" }).uncheck();
  await page.getByRole("checkbox", { name: "Replace in caption 5" }).uncheck();
  await capture(page, "editor-find-ticked");
  await page.getByRole("button", { name: "Replace 4" }).click();
  const replaced = ["line", "caption", "line", "line", "caption", "line"];
  await expect.poll(lines).toEqual(replaced.map((word, index) => `this is ${word} number ${index}`));
  await page.getByRole("button", { name: "Write files" }).click();
  await page.getByText("Kept as a version").waitFor();
  await grid.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Text of the caption" }).fill("another one");
  await page.keyboard.press("Escape");
  await expect.poll(() => lines()[0]).toBe("another one");

  await page.getByRole("tab", { name: "History" }).click();
  await page.getByRole("button", { name: "Before it: 1" }).click();
  await page.getByText("4 differences").waitFor();
  await choose(page, "After", /^Version 1/);
  await page.getByText("4 differences").waitFor();
  // What is not here any more is only looked at.
  await expect.poll(() => page.getByRole("button", { name: "Take all of it back" }).isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: /^Take this back/ }).count()).toBe(0);
  await choose(page, "Before", /^What was recognized/);
  await page.getByText("4 differences").waitFor();
  await capture(page, "editor-compare-versions");
  await choose(page, "After", /^What is here now/);
  await page.getByText("4 differences").waitFor();
  // The third and the fourth.
  await page.locator("[role=row][data-index='2']").click();
  await page.locator("[role=row][data-index='3']").click({ modifiers: ["Shift"] });
  await page.getByRole("button", { name: "Take back in 2 chosen" }).click();
  await expect.poll(() => lines().slice(2, 4)).toEqual(["this is caption number 2", "this is caption number 3"]);
  expect(lines()[0]).toBe("another one");
  await page.getByText("2 differences").waitFor();
});

test("own keys are saved as a file and loaded from one", async () => {
  const { page } = await editorWithCues();
  await page.keyboard.press("Shift+Slash");
  const accept = page.getByRole("button", { name: /^Change: Accept, and on.*Review/ });
  await accept.click();
  await page.keyboard.press("KeyY");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as a file" }).click();
  const path = join(temporaryFolder(), "keys.json");
  await (await download).saveAs(path);
  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ keys: { accept: { review: ["KeyY"] } } });
  await page.getByRole("button", { name: "All as they were" }).click();
  await accept.getByText("A", { exact: true }).waitFor();
  const load = async (file: string): Promise<void> => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Load a file" }).click();
    await (await chooser).setFiles(file);
  };
  await load(path);
  await page.getByText("The keys of 1 command are as in the file.").waitFor();
  await accept.getByText("Y", { exact: true }).waitFor();
  const wrong = join(temporaryFolder(), "wrong.json");
  writeFileSync(wrong, "{");
  await load(wrong);
  await page.getByText("This is no file of keys.").waitFor();
  await capture(page, "editor-keys-wrong-file");
});

test("a dictionary of another language, and words of the whole station, are given in the settings", async () => {
  const { page, goTo, catalog, id, server } = await editorWithCues();
  await page.goto(`${server.url}/#/`);
  await goTo("Settings");
  await page.getByRole("tab", { name: "Dictionaries" }).click();
  await page.getByText("comes along with Archivist").waitFor();
  const folder = temporaryFolder();
  const paths = [join(folder, "en_CA.aff"), join(folder, "en_CA.dic")] as const;
  writeFileSync(paths[0], "SET UTF-8\n");
  writeFileSync(paths[1], "3\nthis\nis\nnumber\n");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose both files …" }).click();
  await (await chooser).setFiles([...paths]);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("English: 3 words can be looked up").waitFor();
  await page.getByRole("textbox", { name: "Words of the whole station" }).fill("livestream");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Added words" }).getByText("livestream").waitFor();
  await capture(page, "settings-dictionaries");
  expect(listDictionaryWords(catalog, "").map(({ word }) => word)).toEqual(["livestream"]);
  // The station's own takes the place of the one that comes along: it does not know "caption".
  await openEditor(page, server.url, id);
  await page.locator("[data-index='0'] [data-strength]", { hasText: "caption" }).waitFor();
  await page.goto(`${server.url}/#/`);
  await goTo("Settings");
  await page.getByRole("tab", { name: "Dictionaries" }).click();
  await page.getByRole("button", { name: "Remove: English" }).click();
  await page.getByText("comes along with Archivist").waitFor();
  await page.getByRole("button", { name: "Remove livestream" }).click();
  await page.getByText("None yet. In the editor, U adds").waitFor();
});

test("a page that is shown twice as large keeps room for the captions, and shows the inspector on wish", async () => {
  const { page: small, catalog, server } = await workstation();
  await small.setViewportSize({ width: 640, height: 400 });
  const id = captioned(catalog, someCues(20));
  await openEditor(small, server.url, id);
  const text = small.getByRole("grid", { name: "Captions" }).getByText("this is caption number 0");
  await expect.poll(async () => (await text.boundingBox())?.width ?? 0).toBeGreaterThan(120);
  await expect.poll(async () => (await small.getByRole("tabpanel").boundingBox())?.width ?? 0).toBeLessThan(5);
  await small.keyboard.press("F7");
  await expect.poll(async () => (await small.getByRole("tabpanel").boundingBox())?.width ?? 0).toBeGreaterThan(60);
  await capture(small, "editor-twice-as-large");
});
