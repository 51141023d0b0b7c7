/** Speech without captions in the editor: where it is shown, and how a person answers it with the keyboard alone. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { CaptionDocument } from "../../electron/captions/editing/document.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { storeSpeechSpans } from "../../electron/catalog/repositories/speech-spans.ts";
import { setSpeechFacts } from "../../electron/catalog/repositories/transcriptions.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

/** Captions of two seconds each from 1 to 81 s, without a break in the speech: those from 41 to 57 s are missing. */
async function editorWithGap(options: Parameters<typeof workstation>[1] = {}) {
  const station = await workstation({}, options);
  const cues = someCues(40);
  const id = captioned(station.catalog, cues.toSpliced(20, 8));
  storeSpeechSpans(station.catalog, id, [{ startMs: 1_000, endMs: 81_000 }]);
  setSpeechFacts(station.catalog, id, { voiceDetection: "silero" });
  await openEditor(station.page, station.server.url, id);
  return { ...station, id, document: () => findDraft(station.catalog, id)?.document };
}

const entry = (page: Page) => page.locator("[data-rule=speech-without-caption]");
const marks = ({ document }: { readonly document: () => CaptionDocument | undefined }) => document()?.marks ?? [];

describe("speech without captions", () => {
  test.each(["dark", "light"] as const)("stands in the list, the strip and the timeline, %s", async (colorScheme) => {
    const { page } = await editorWithGap({ colorScheme });
    await entry(page).waitFor();
    await expect
      .poll(() => entry(page).innerText())
      .toMatch(/00:4[01].*–00:5[67].* 1[56] s of speech without a caption/);
    await entry(page).click();
    await expect.poll(() => entry(page).getAttribute("aria-current")).toBe("true");
    await capture(page, `editor-gap-${colorScheme}`);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByText(/It is speech without captions/).waitFor();
    expect(await page.getByRole("button", { name: "Approve now" }).isDisabled()).toBe(true);
    await capture(page, `editor-gap-approve-${colorScheme}`);
  });

  test("is gone when nobody speaks there, comes back when that is taken back, and outlives the window", async () => {
    const place = await editorWithGap();
    const { page, server, id } = place;
    await entry(page).waitFor();
    await page.getByRole("grid", { name: "Captions" }).focus();
    await page.keyboard.press("F8");
    await expect.poll(() => entry(page).getAttribute("aria-current")).toBe("true");
    await page.keyboard.press("Shift+KeyY");
    await expect.poll(() => entry(page).count()).toBe(0);
    await expect.poll(() => marks(place)).toMatchObject([{ kind: "no-speech", by: "Anna", date: expect.any(String) }]);
    await page.keyboard.press("Control+KeyZ");
    await entry(page).waitFor();
    expect(marks(place)).toEqual([]);
    await page.keyboard.press("Control+KeyY");
    await expect.poll(() => entry(page).count()).toBe(0);
    await openEditor(page, server.url, id);
    await page.getByRole("tab", { name: /^Marks/ }).click();
    await page.getByText(/Nobody speaks until .*said by Anna/).waitFor();
    await page.getByRole("tab", { name: /^Issues/ }).click();
    await expect.poll(() => entry(page).count()).toBe(0);
    // What lies beyond it is another place.
    await page.keyboard.press("Escape");
    await page.getByRole("grid", { name: "Captions" }).focus();
    await page.keyboard.press("End");
    for (let count = 0; count < 3; count++) await page.keyboard.press("Delete");
    await entry(page).waitFor();
    await expect.poll(() => entry(page).innerText()).toMatch(/1:1\d.*–.*1:2\d/);
  });

  test("is filled with captions by the keyboard, until nothing of it is left", async () => {
    const place = await editorWithGap();
    const { page } = place;
    await entry(page).waitFor();
    await page.getByRole("grid", { name: "Captions" }).focus();
    for (const text of [
      "now the director of public works\nhas the word about the bridge",
      "it was built in nineteen fifty\neight and carries many vehicles",
      "thank you for that",
    ]) {
      await page.keyboard.press("F8");
      await page.keyboard.press("KeyY");
      const box = page.getByRole("textbox", { name: "Text of the caption" });
      await box.fill(text);
      await page.keyboard.press("Escape");
      await expect.poll(() => place.document()?.cues.some(({ lines }) => lines.join("\n") === text)).toBe(true);
    }
    await expect.poll(() => entry(page).count()).toBe(0);
    expect(place.document()?.cues).toHaveLength(35);
  });

  test("is filled at once by a text that is cut into as many captions as it needs", async () => {
    const place = await editorWithGap();
    const { page } = place;
    await entry(page).waitFor();
    const text =
      "Now the director of public works has the word about the bridge. It was built in nineteen fifty eight " +
      "and carries many vehicles each day. Thank you, Mayor, and good evening to everybody who is here.";
    await page.getByRole("grid", { name: "Captions" }).focus();
    await page.keyboard.press("F9");
    await page
      .locator("[data-gap]")
      .getByText(/^1[56] s of speech without captions$/)
      .waitFor({ timeout: 20_000 });
    await page.keyboard.press("KeyY");
    await page.getByRole("textbox", { name: "Text of the caption" }).waitFor();
    await page.keyboard.type(text);
    await page.keyboard.press("Alt+KeyS");
    const added = () => place.document()?.cues.filter(({ startMs }) => startMs >= 40_900 && startMs < 57_000) ?? [];
    await expect.poll(() => added().length).toBeGreaterThan(3);
    const cues = added();
    expect(cues.map(({ lines }) => lines.join(" ")).join(" ")).toBe(text);
    expect(cues.every(({ lines }) => lines.length <= 2 && lines.every((line) => line.length <= 32))).toBe(true);
    // Their time goes over the whole of the gap, and nothing is left of it.
    expect(cues.at(-1)?.endMs).toBeGreaterThan(55_000);
    expect(place.document()?.cues.some(({ startMs }) => startMs === 57_000)).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => entry(page).count()).toBe(0);
  });
});
