/** The clerk's agenda in the editor: headings and chapters where its items are called, names for the glossary. */
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned } from "../support/captions/transcriptions.ts";

const said = [
  [1, "I call this meeting to order."],
  [4, "Please call the roll."],
  [8, "Next is the consent agenda."],
  [14, "I now open the public hearing on the vacation of Elm Street."],
  [20, "We are adjourned."],
  ...[26, 29, 32, 35].map((second) => [second, "Good night."] as const),
] as const;

test("is imported from a PDF, checked, set where it was not found, taken over at once, and dragged on the timeline", async () => {
  const { page, catalog, server } = await workstation();
  const cues = said.map(([second, text]) => ({
    startMs: second * 1_000,
    endMs: second * 1_000 + 2_500,
    lines: [text],
  }));
  const id = captioned(catalog, cues);
  await openEditor(page, server.url, id);
  const chapters = () =>
    (findDraft(catalog, id)?.document.marks ?? [])
      .filter(({ kind }) => kind === "chapter")
      .map(({ atMs, text }) => `${atMs} ${text}`);
  await page.getByRole("tab", { name: "Marks" }).click();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import the agenda" }).click();
  await (await chooser).setFiles(fileURLToPath(new URL("../documents/files/agenda.pdf", import.meta.url)));
  const dialog = page.getByRole("dialog", { name: "Agenda: agenda.pdf" });
  await dialog.getByText("5 of 8 items found").waitFor();
  await capture(page, "editor-agenda");
  // What was not found is placed by hand.
  const leftOver = dialog.getByRole("textbox", { name: "Time of “6. This page is left over”" });
  expect(await leftOver.getAttribute("placeholder")).toBe("Not found");
  await leftOver.fill("0:29");
  await page.keyboard.press("Enter");
  await dialog.getByRole("checkbox", { name: "Take “3. Consent Agenda”" }).uncheck();
  await dialog.getByRole("button", { name: "Add 5 items" }).click();
  await expect
    .poll(chapters)
    .toEqual([
      "1000 1. Call to Order",
      "4000 2. Roll Call",
      "14000 4. PUBLIC HEARING: Vacation of Elm Street. Presented by City Engineer Dana Okafor",
      "20000 5. Adjournment",
      "29000 6. This page is left over",
    ]);
  // They are headings in the list, and one step takes all of them back.
  await page.getByRole("grid", { name: "Captions" }).getByText("4. PUBLIC HEARING").waitFor();
  await page.getByText("Agenda agenda.pdf: 5 items").first().waitFor();
  const box = await page.getByRole("img", { name: "Waveform with captions" }).boundingBox();
  if (box === null) throw new Error("there is no timeline");
  const x = (ms: number): number => box.x + (ms / 30_000) * box.width;
  await page.mouse.move(x(4_000) + 10, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(x(6_000), box.y + 8);
  await page.mouse.move(x(8_000) + 3, box.y + 8);
  await page.mouse.up();
  await expect.poll(() => chapters()[1]).toBe("8000 2. Roll Call");
  await capture(page, "editor-agenda-headings");
  await page.getByRole("grid", { name: "Captions" }).focus();
  await page.keyboard.press("Control+KeyZ");
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(chapters).toEqual([]);
  // What is no document is refused in words, and nothing changes.
  const again = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import the agenda" }).click();
  await (await again).setFiles({
    name: "agenda.doc",
    mimeType: "application/msword",
    buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
  });
  await page
    .getByRole("alert")
    .getByText(/agenda\.doc: it is an old Word document/)
    .waitFor();
});
