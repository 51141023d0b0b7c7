/**
 * Fifteen minutes of a meeting of seven people, recognized by the demo model and corrected by a script with the keyboard alone: every
 * wrong caption is typed anew, everybody is named, what is too long is split, and the public's player shows what was said.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { listLibrary } from "../../electron/catalog/repositories/library.ts";
import { keepScreenshot } from "../support/browser/browser.ts";
import { openEditor } from "../support/browser/editor.ts";
import { readPublishedCaptions, settleAndPublish } from "../support/browser/settle-and-publish.ts";
import { workstation } from "../support/browser/workstation.ts";
import { writeCorrectionScript } from "../support/captions/correction-script.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { makeLongMeeting } from "../support/speech/long-meeting.ts";
import { measureStyledText } from "../support/speech/meeting-measures.ts";
import { temporaryFolder } from "../support/temporary.ts";

const all = { sort: "completed", descending: true, limit: 10, offset: 0 } as const;

/** espeak-ng's voices, and who they are. */
const people: Readonly<Record<string, string>> = {
  m3: "Mayor Johnson",
  f2: "Administrator Olson",
  m1: "Councilmember Anderson",
  f4: "Councilmember Garcia",
  m7: "Chief Miller",
  f5: "Ms. Nelson",
  m2: "Mr. Peterson",
};

test("a meeting of fifteen minutes and seven voices is corrected by keys alone, to published", async () => {
  const folder = temporaryFolder();
  const [sound, recording] = [join(folder, "sound.wav"), join(folder, "2026-03-02 City Council.mp4")];
  const parts = makeLongMeeting(sound, { minutes: 15, seed: 7, clean: true, voices: Object.keys(people) });
  const picture = ["-f", "lavfi", "-i", "color=navy:s=320x180:r=5"];
  const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-shortest"];
  execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", ...picture, "-i", sound, ...codecs, recording]);
  // As the city writes it.
  const said = parts
    .flatMap(({ lines }) => lines)
    .map((line) => ({ ...line, text: line.text.replace(/\bcouncil member\b/gi, "Councilmember") }));
  const emulator = await testEmulator();
  const { page, catalog, server, services, add } = await workstation({
    settings: {
      cablecast: { url: emulator.url, contentFolder: emulator.content, pollSeconds: 0.05, captionsMinutes: 2 },
      speech: { windowSeconds: 12 },
    },
  });
  await storeCredentials(services.secrets, practiceCredentials);
  add(recording);
  await expect.poll(() => listLibrary(catalog, all).rows[0]?.status).toMatch(/completed|needs_review/);
  const id = listLibrary(catalog, all).rows[0]?.id ?? "";
  await openEditor(page, server.url, id);
  const draft = () => findDraft(catalog, id);
  const cues = () => draft()?.document.cues ?? [];
  const truth = said.map(({ text }) => text).join(" ");
  const written = (): string =>
    cues()
      .flatMap(({ lines }) => lines)
      .join(" ");
  const before = measureStyledText(truth, written());
  const script = writeCorrectionScript(cues(), said);

  let keys = 0;
  const press = async (...each: readonly string[]): Promise<void> => {
    for (const key of each) {
      await page.keyboard.press(key);
      keys++;
    }
  };
  const type = async (text: string): Promise<void> => {
    await page.keyboard.type(text);
    keys += text.length;
  };
  const activeId = async (): Promise<number | undefined> => {
    const index = await page.locator('[role=row][aria-selected="true"]').getAttribute("data-index");
    return cues()[Number(index)]?.id;
  };
  /** The text of a caption, and of those after it into which it may have been split. */
  const textFrom = (own: number, length: number): string => {
    let text = "";
    for (const { lines } of cues().slice(cues().findIndex(({ id: each }) => each === own))) {
      if (text.length >= length) break;
      text = [text, ...lines].filter(Boolean).join(" ");
    }
    return text;
  };
  const named: string[] = [];
  let voice: string | undefined;
  await page.getByRole("grid", { name: "Captions" }).focus();
  await press("Home");
  const seen = new Set<number>();
  for (let steps = 0; steps < 2_000; steps++) {
    const own = await activeId();
    if (own === undefined || seen.has(own)) break;
    seen.add(own);
    const wanted = script.get(own);
    if (wanted?.text === "") {
      await press("Delete");
      await expect.poll(() => cues().some((cue) => cue.id === own)).toBe(false);
      continue;
    }
    voice = wanted?.voice ?? voice;
    const speaker = people[voice ?? ""] ?? "";
    if (!named.includes(speaker)) {
      named.push(speaker);
      await press("KeyP");
      await page.getByRole("dialog").waitFor();
      await type(speaker);
      await press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    } else await press(`Digit${named.indexOf(speaker) + 1}`);
    await expect.poll(() => cues().find((cue) => cue.id === own)?.speaker).toBe(speaker);
    if (wanted?.text !== undefined) {
      await press("Enter", "Control+KeyA");
      await type(wanted.text);
      if (wanted.text.length > 56) await press("Alt+KeyS");
      await press("Escape");
      await expect.poll(() => textFrom(own, wanted.text?.length ?? 0)).toBe(wanted.text);
    }
    await press("KeyA");
    // After the last one it stays where it is.
    await expect.poll(async () => (await activeId()) !== own || cues().every(({ reviewed }) => reviewed)).toBe(true);
  }
  await keepScreenshot(page, "editor-long-pass");
  expect(named.length).toBe(7);
  // Nothing is typed that is right already: less than a third of what it takes to write the captions.
  expect(keys).toBeLessThan(truth.length / 3);
  const after = measureStyledText(truth, written());
  expect(after).toBeLessThan(before);
  expect(after).toBeLessThan(0.005);
  await settleAndPublish(page, draft);
  const shown = (await readPublishedCaptions(emulator)).join(" ");
  expect(measureStyledText(truth, shown)).toBeLessThan(0.02);
});
