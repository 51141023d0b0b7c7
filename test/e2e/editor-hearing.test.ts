/** The editor for who hears it: the tree that a screen reader reads, and the keys that stand in tooltips. */
import { expect, test } from "vitest";
import { openEditor } from "../support/browser/editor.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

async function editor() {
  const { page, catalog, server } = await workstation();
  const id = captioned(catalog, [
    ...someCues(3),
    { startMs: 7_000, endMs: 7_900, lines: ["this is far too much to be read in so short a time"] },
  ]);
  await openEditor(page, server.url, id);
  return page;
}

test("a screen reader finds every part by its name, and hears the words of a caption and nothing among them", async () => {
  const page = await editor();
  await page.keyboard.press("End");
  const tree = await page.locator("body").ariaSnapshot();
  expect(tree).toMatch(/navigation "Screens"/);
  expect(tree.match(/navigation/g)).toHaveLength(1);
  for (const part of [
    'separator "Width of the video"',
    'separator "Width of the panels at the side"',
    'separator "Height of the timeline"',
    'columnheader "Begin and end"',
    'columnheader "Text"',
    'grid "Captions"',
    "tablist",
    'slider "The whole meeting"',
    'textbox "Place in the recording"',
  ]) {
    expect(tree).toContain(part);
  }
  for (const name of [/^Speed/, /^Layout/, /^Volume/]) {
    const button = page.getByRole("button", { name });
    expect(await button.getAttribute("aria-haspopup")).toMatch(/menu|dialog/);
    await button.hover();
    await page.getByRole("tooltip").waitFor();
  }
  // Counters of columns are for the eye; that a line is too long is an issue of the caption, which has words.
  expect(tree).toContain('gridcell "this is far too much to be read in so short a time"');
  expect(tree).toMatch(/gridcell "a line has 50 characters, the screen 32/);
  expect(tree).not.toMatch(/\d+\/32/);
  expect(tree).toMatch(/row "4 .*\[selected\]/);
});

test("an accepted caption is said to be accepted, and the active row is the one that the grid names", async () => {
  const page = await editor();
  await page.keyboard.press("KeyA");
  await page.getByRole("gridcell", { name: /^1 ?accepted/i }).waitFor();
  const grid = page.getByRole("grid", { name: "Captions" });
  const named = await grid.getAttribute("aria-activedescendant");
  expect(await page.locator(`#${named}`).getAttribute("aria-selected")).toBe("true");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("grid");
});

test("the tooltip of a control shows its key", async () => {
  const page = await editor();
  for (const [role, name, key] of [
    ["button", "Approve", "Ctrl Shift A"],
    ["button", "Play or pause", "Space"],
    ["button", "Loop this caption", "Shift R"],
    ["button", "0 gaps: speech without captions", "F9"],
    ["tab", "Find", "Ctrl F"],
    ["tab", "Compare", "Shift C"],
    ["tab", "Issues", "F7"],
  ] as const) {
    await page.getByRole(role, { name, exact: true }).hover();
    await page
      .getByRole("tooltip")
      .filter({ hasText: `(${key})` })
      .waitFor();
  }
});
