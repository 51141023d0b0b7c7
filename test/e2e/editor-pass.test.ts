/** From a recording with mistakes in its captions to corrected ones in the public's player, with the keyboard alone. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { cueText } from "../../electron/captions/cue.ts";
import { eq } from "../../electron/catalog/drizzle.ts";
import { listDictionaryWords } from "../../electron/catalog/repositories/dictionary.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { listGlossaryTerms } from "../../electron/catalog/repositories/glossary.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { findNewestCues } from "../../electron/catalog/repositories/versions.ts";
import { transcriptions } from "../../electron/catalog/schema.ts";
import { keepScreenshot } from "../support/browser/browser.ts";
import { openEditor } from "../support/browser/editor.ts";
import { readPublishedCaptions, settleAndPublish } from "../support/browser/settle-and-publish.ts";
import { workstation } from "../support/browser/workstation.ts";
import { plantVersion } from "../support/captions/planted-mistakes.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

/** A station with the practice Cablecast, and a meeting of the city of Oakdale whose captions have five mistakes. */
async function meetingWithMistakes() {
  const emulator = await testEmulator();
  const station = await workstation({
    settings: {
      cablecast: { url: emulator.url, contentFolder: emulator.content, pollSeconds: 0.05, captionsMinutes: 2 },
    },
  });
  const { catalog, services, add } = station;
  await storeCredentials(services.secrets, practiceCredentials);
  add(meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 60, 0));
  await expect.poll(() => listLibrary(catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const id = listLibrary(catalog, all).rows[0]?.id ?? "";
  catalog.database.update(transcriptions).set({ city: "Oakdale" }).where(eq(transcriptions.id, id)).run();
  const planted = findNewestCues(catalog, id).flatMap((cue) => {
    const lines = cue.lines.map((line) =>
      line
        .replace("quorum", "qourum")
        .replace("Mayor", "Mayer")
        .replace("that motion", "that emotion")
        .replace("motion carries 5-0", "motion 5-0"),
    );
    if (!/Any discussion/.test(cueText(cue))) return [{ ...cue, lines }];
    // One sentence, torn apart.
    const middle = Math.round((cue.startMs + cue.endMs) / 2);
    return [
      { ...cue, endMs: middle, lines: ["Any discussion"] },
      { ...cue, startMs: middle + 34, lines: ["on the motion?"] },
    ];
  });
  plantVersion(catalog, id, planted);
  return { ...station, emulator, id, mayors: planted.filter((cue) => /Mayer/.test(cueText(cue))).length };
}

test("five mistakes are corrected by keys, the issues settled, and the public's player shows the right words", async () => {
  const { page, catalog, server, emulator, id, mayors } = await meetingWithMistakes();
  await openEditor(page, server.url, id);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const type = (text: string): Promise<void> => page.keyboard.type(text);
  const texts = (): readonly string[] => findDraft(catalog, id)?.document.cues.map(cueText) ?? [];
  const active = (): Promise<string> => page.locator('[role=row][aria-selected="true"]').innerText();

  // A misspelt word: no dictionary knows it, and what was meant is offered.
  await page.getByRole("grid", { name: "Captions" }).focus();
  for (let step = 0; step < 30 && !/qourum/.test(await active()); step++) await press("KeyN");
  await page.getByRole("button", { name: /quorum/ }).waitFor();
  await press("Digit1");
  await expect.poll(texts).toContain("We have a quorum.");

  // A name, wherever it stands, and right from now on in this city.
  expect(mayors).toBeGreaterThan(0);
  await press("Control+KeyF");
  await type("Mayer");
  await press("Enter", "Escape", "KeyG");
  await page.getByRole("dialog").getByLabel("What is written").fill("Mayer");
  await page.getByRole("dialog").getByLabel("What it should be").fill("Mayor");
  await press("Enter");
  await expect.poll(() => texts().filter((text) => /Mayor/.test(text)).length).toBe(mayors);
  await expect.poll(() => listGlossaryTerms(catalog, "Oakdale").map(({ term }) => term)).toContain("Mayor");

  // A word that exists and was not said.
  await press("Control+KeyF");
  await type("emotion");
  await press("Enter", "Escape", "Enter", "End", "Control+Shift+ArrowLeft", "Control+Shift+ArrowLeft");
  await type("motion.");
  await press("Escape");
  await expect.poll(texts).toContain("I will second that motion.");

  // A sentence that was torn apart.
  await press("Control+KeyF");
  await type("Any discussion");
  await press("Enter", "Escape", "KeyM");
  await expect.poll(texts).toContain("Any discussion on the motion?");

  // A word that is missing.
  await press("Control+KeyF");
  await type("motion 5-0");
  await press("Enter", "Escape", "Enter", "Home", "Control+ArrowRight", "Control+ArrowRight");
  await type(" carries");
  await press("Escape");
  await expect.poll(texts).toContain("The motion carries 5-0.");

  // A word that is right, although nobody knows it.
  await press("Home", "Enter", "End");
  await type(" Zwiebelturm");
  await press("Escape", "Home");
  await page.locator("[data-strength]", { hasText: "Zwiebelturm" }).waitFor();
  const spot = async (): Promise<string> => (await page.locator("[role=row] [aria-current]").allInnerTexts()).join("");
  for (let step = 0; step < 30 && !/Zwiebelturm/.test(await spot()); step++) await press("KeyN");
  await press("KeyU");
  await expect.poll(() => listDictionaryWords(catalog, "Oakdale").map(({ word }) => word)).toEqual(["Zwiebelturm"]);
  await press("Control+KeyZ");
  await expect.poll(() => texts()[0]).not.toContain("Zwiebelturm");
  await keepScreenshot(page, "editor-pass");

  await settleAndPublish(page, () => findDraft(catalog, id));
  const shown = await readPublishedCaptions(emulator);
  const all4 = shown.join(" ");
  for (const right of [
    "a quorum.",
    "Mayor Johnson",
    "second that motion.",
    "Any discussion on the motion?",
    "carries 5-0.",
  ])
    expect(all4).toContain(right);
  expect(all4).not.toMatch(/qourum|Mayer|emotion|motion 5-0/);
});
