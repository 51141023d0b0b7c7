/** What the city's style has written, in the editor: seen with the words as they were recognized, and taken back. */
import { expect, test } from "vitest";
import { cueText } from "../../electron/captions/cue.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { toWords } from "../captions/house-style/style-lines.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { addStyledMeeting } from "../support/captions/styled-meeting.ts";

const line =
  "All in favour say aye. The motion carries, four to nothing. Council Member Brennan has the floor. " +
  "The public hearing was closed at 658. Good night.";

test("each edit of the style is seen and taken back, one by one and all, and that can be undone", async () => {
  const { page, server, catalog } = await workstation();
  const id = addStyledMeeting(catalog, toWords(line));
  await openEditor(page, server.url, id);
  const text = () => findDraft(catalog, id)?.document.cues.map(cueText).join(" ");
  await page.getByRole("tab", { name: "Style" }).click();
  await page.getByText("as heard: four to nothing.").waitFor();
  await page.getByText("as heard: 658.").waitFor();
  await capture(page, "editor-style");
  await page.getByRole("button", { name: "Take back “4-0.”: write “four to nothing.”" }).click();
  await expect.poll(text).toContain("The motion carries, four to nothing. Councilmember");
  await expect.poll(() => page.getByText("as heard: four to nothing.").count()).toBe(0);
  await page.getByRole("button", { name: "Take back all 3" }).click();
  await expect.poll(text).toBe(line);
  await page.getByText("Nothing is written in another way than it was recognized.").waitFor();
  await page.getByRole("grid", { name: "Captions" }).focus();
  await page.keyboard.press("Control+KeyZ");
  await expect.poll(text).toContain("closed at 6:58.");
  await page.getByText("as heard: 658.").waitFor();
  // An entry goes to its word, and the word says how it was recognized.
  await page.getByText("as heard: 658.").click();
  await page.getByTestId("offers").getByRole("button", { name: "Take back “6:58.”: write “658.”" }).click();
  await expect.poll(text).toContain("closed at 658.");
  await page.getByRole("tab", { name: "History" }).click();
  await page.getByText("Style taken back: Fixed 1 caption").first().waitFor();
});
