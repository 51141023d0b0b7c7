/** The caption editor as an editor uses it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { openCatalog } from "../../electron/catalog/open.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { listFiles } from "../../electron/catalog/repositories/library.ts";
import { findNewestCues } from "../../electron/catalog/repositories/versions.ts";
import { keepScreenshot, openPage } from "../support/browser/browser.ts";
import { editorWithMeeting, openEditor } from "../support/browser/editor.ts";
import { addKeyMeeting, keysInSubtitleEdit, reviewWithKeys } from "../support/browser/key-count.ts";
import { looks } from "../support/browser/looks.ts";
import { capture } from "../support/browser/screenshots.ts";
import { servedWorkstation, workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { temporaryFolder } from "../support/temporary.ts";

const textBox = (page: Page) => page.getByRole("textbox", { name: "Text of the caption" });

/** The editor over captions that nobody had to transcribe. */
async function editorWithCues(count = 20, options: Parameters<typeof workstation>[1] = {}) {
  const station = await workstation({}, options);
  const id = captioned(station.catalog, someCues(count));
  await openEditor(station.page, station.server.url, id);
  return { ...station, id, document: () => findDraft(station.catalog, id)?.document };
}

describe("a meeting", () => {
  test("is reviewed, corrected and approved; its files and the next version have the correction", async () => {
    const { page, catalog, id } = await editorWithMeeting(60);
    const document = () => findDraft(catalog, id)?.document;
    await capture(page, "editor");
    await page.keyboard.press("KeyA");
    await page.keyboard.press("KeyA");
    await expect.poll(() => document()?.cues.filter(({ reviewed }) => reviewed).length).toBe(2);
    await page.keyboard.press("Enter");
    await textBox(page).fill("I call this meeting\nto order, again.");
    await expect.poll(() => document()?.cues[2]?.lines).toEqual(["I call this meeting", "to order, again."]);
    await capture(page, "editor-typing");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+KeyZ");
    await expect.poll(() => document()?.cues[2]?.lines.join(" ")).not.toContain("again");
    await page.keyboard.press("Control+KeyY");
    await expect.poll(() => document()?.cues[2]?.lines.join(" ")).toContain("again");
    // What a viewer will see, a moment later.
    await page.keyboard.press("KeyR");
    await expect.poll(() => page.getByTestId("caption-screen").innerText()).toMatch(/again/);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByLabel(/Say why they may stay/).fill("read aloud, all is said");
    await capture(page, "editor-approve");
    await page.getByRole("button", { name: "Approve now" }).click();
    await page.getByText("Approved. The files are being written.").waitFor();
    expect(findNewestCues(catalog, id)[2]?.lines).toEqual(["I call this meeting", "to order, again."]);
    const scc = listFiles(catalog, id).find(({ kind }) => kind === "srt")?.path ?? "";
    await expect.poll(() => readFileSync(scc, "utf8")).toContain("to order, again.");
    await page.getByRole("link", { name: "Meeting" }).click();
    await page.getByText("approved by Anna").first().waitFor();
    await page.getByRole("navigation").getByRole("link", { name: "Dashboard" }).click();
    await page.getByText("Human time per meeting hour").waitFor();
  });

  test("is dark until the person chooses light there; the pages around it stay as the system is", async () => {
    const { page } = await editorWithMeeting(10);
    const scheme = (): Promise<string | null> => page.locator("html").getAttribute("data-mantine-color-scheme");
    await expect.poll(scheme).toBe("dark");
    await page.keyboard.press("Alt+KeyT");
    await expect.poll(scheme).toBe("light");
    await page.keyboard.press("Alt+KeyT");
    await expect.poll(scheme).toBe("dark");
    await page.getByRole("link", { name: "Meeting" }).click();
    await expect.poll(scheme).toBe("light");
    await page.keyboard.press("Alt+KeyT");
    await expect.poll(scheme).toBe("dark");
    await page.goBack();
    await page.getByRole("grid", { name: "Captions" }).focus();
    await page.keyboard.press("Alt+KeyT");
    await expect.poll(scheme).toBe("light");
    await page.reload();
    await page.getByRole("grid", { name: "Captions" }).waitFor();
    await expect.poll(scheme).toBe("light");
    await page.getByRole("link", { name: "Meeting" }).click();
    await expect.poll(scheme).toBe("dark");
  });

  test.each(looks)(
    "shows itself $colorScheme at $width×$height, with every panel and dialog, and axe finds no serious violation",
    async ({ colorScheme, width, height }) => {
      const { page } = await editorWithMeeting(60, { colorScheme, viewport: { width, height } });
      for (const tab of ["Find", "Names", "History", "Speakers", "Marks", "Compare", "Issues"]) {
        await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
        await page.waitForLoadState("networkidle");
        await capture(page, `editor-${colorScheme}-${width}-${tab.toLowerCase()}`);
      }
      await page.getByRole("button", { name: "Batch fix" }).click();
      await capture(page, `editor-${colorScheme}-${width}-fixes`);
      await page.getByRole("grid", { name: "Captions" }).focus();
      for (const [key, name] of [
        ["Shift+Slash", "keys"],
        ["KeyP", "speakers"],
        ["Semicolon", "labels"],
        ["Shift+KeyX", "note"],
        ["KeyC", "chapter"],
        ["KeyG", "everywhere"],
      ] as const) {
        await page.keyboard.press(key);
        await page.getByRole("dialog").waitFor();
        await capture(page, `editor-${colorScheme}-${width}-dialog-${name}`);
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await page.getByRole("grid", { name: "Captions" }).focus();
      }
    },
    120_000,
  );
});

describe("keys", () => {
  test("do what the registry says, in both modes", async () => {
    const { page, document } = await editorWithCues();
    const count = () => document()?.cues.length;
    await page.keyboard.press("KeyM");
    await expect.poll(count).toBe(19);
    await page.keyboard.press("Enter");
    await textBox(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 8));
    await page.keyboard.press("Control+Shift+Enter");
    await expect.poll(count).toBe(20);
    expect(document()?.cues[0]?.lines.join(" ")).toBe("this is");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowLeft");
    await expect.poll(() => document()?.cues[0]?.lines.join(" ")).toBe("this is caption");
    await page.keyboard.press("KeyP");
    await page.getByRole("dialog").getByLabel("Name").fill("Mayor Johnson");
    await page.keyboard.press("Enter");
    await expect.poll(() => document()?.cues[1]?.speaker).toBe("Mayor Johnson");
    await page.keyboard.press("Semicolon");
    await page.keyboard.press("KeyA");
    await expect.poll(() => document()?.cues[1]?.lines.join(" ")).toMatch(/\[applause\]$/);
    await page.keyboard.press("KeyT");
    await expect.poll(() => document()?.cues[1]?.edge).toBe("top");
    await page.keyboard.press("KeyX");
    await page.keyboard.press("Shift+KeyX");
    await page.getByRole("textbox", { name: "Note" }).fill("listen again");
    await page.keyboard.press("Enter");
    await page.keyboard.press("KeyC");
    await page.getByRole("textbox", { name: "Title" }).fill("Public hearing");
    await page.keyboard.press("Enter");
    await expect
      .poll(() =>
        document()
          ?.marks.map(({ kind }) => kind)
          .toSorted(),
      )
      .toEqual(["bookmark", "chapter", "note"]);
    const before = document()?.cues[1]?.startMs ?? 0;
    await page.keyboard.press("Control+ArrowRight");
    await expect.poll(() => document()?.cues[1]?.startMs).toBeGreaterThan(before);
    await page.keyboard.press("Delete");
    await expect.poll(count).toBe(19);
    for (let step = 0; step < 11; step++) await page.keyboard.press("Control+KeyZ");
    await expect
      .poll(() => document()?.cues.map(({ lines }) => lines.join(" ")))
      .toEqual(someCues(20).map(({ lines }) => lines.join(" ")));
  });

  test("can be bound otherwise, with a warning where one does two things, and are kept", async () => {
    const { page, document } = await editorWithCues();
    await page.keyboard.press("Shift+Slash");
    await page.getByRole("button", { name: /^Change: Accept, and on.*Review/ }).click();
    await page.keyboard.press("KeyM");
    await page.getByText("This key also does: Merge with the next one").waitFor();
    await page.getByRole("button", { name: /^Change: Accept, and on.*Review/ }).click();
    await page.keyboard.press("F10");
    await page.getByText("This key belongs to the system.").waitFor();
    await page.getByRole("button", { name: /^Change: Accept, and on.*Review/ }).click();
    await page.keyboard.press("KeyY");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("grid", { name: "Captions" }).waitFor();
    await page.getByTestId("saved").getByText("Saved").first().waitFor();
    await page.keyboard.press("KeyY");
    await expect.poll(() => document()?.cues[0]?.reviewed).toBe(true);
  });

  test.each([
    // One for each caption; two for a name of the city, a word's length and five for what has to be typed.
    ["one by one", 60 + 4 * 2 + 2 * ("adjourned".length + 5)],
    // One for each correction and two at the end instead of one for each caption.
    ["up to here", 6 + 2 + 4 * 2 + 2 * ("adjourned".length + 5)],
  ] as const)("are fewer than elsewhere: accepting captions with corrections, %s", async (accepting, most) => {
    const station = await workstation();
    const meeting = addKeyMeeting(station.catalog, 60, 6);
    await openEditor(station.page, station.server.url, meeting.id);
    const keys = await reviewWithKeys(station.page, meeting, accepting);
    expect(keys).toBeLessThanOrEqual(most);
    expect(keys).toBeLessThan(keysInSubtitleEdit(meeting));
    const cues = () => findDraft(station.catalog, meeting.id)?.document.cues ?? [];
    await expect.poll(() => cues().filter(({ reviewed }) => reviewed).length).toBe(60);
    for (const { cue, word, right } of meeting.corrections) {
      expect(cues()[cue]?.lines.join(" ").split(" ")[word]).toBe(right);
    }
  });
});

describe("finding and replacing", () => {
  test("counts live, replaces everywhere in one step, and can be taken back", async () => {
    const { page, document } = await editorWithCues();
    await page.keyboard.press("Control+KeyF");
    await page.getByRole("textbox", { name: "Find" }).fill("caption");
    await page.getByText("20 places").waitFor();
    await page.getByLabel("Replace with").fill("line");
    await capture(page, "editor-find");
    await page.getByRole("button", { name: "Replace 20" }).click();
    await expect.poll(() => document()?.cues.every(({ lines }) => lines.join(" ").includes("line number"))).toBe(true);
    await page.keyboard.press("Control+KeyZ");
    await expect.poll(() => document()?.cues.some(({ lines }) => lines.join(" ").includes("line number"))).toBe(false);
    await page.getByRole("textbox", { name: "Find" }).fill("(");
    await page.getByText("Regular expression").or(page.getByText(".*")).first().click();
    await page.getByText("This is no regular expression.").waitFor();
  });
});

describe("the waveform", () => {
  test("has edges that are dragged, places that are gone to, and room for new captions", async () => {
    const { page, document } = await editorWithCues(5);
    const wave = page.getByRole("img", { name: "Waveform with captions" });
    const box = await wave.boundingBox();
    if (box === null) throw new Error("it is not there");
    // The recording is shorter than what is shown of a longer one.
    const x = (ms: number): number => box.x + (ms / 15_900) * box.width;
    const y = box.y + 90;
    const drag = async (from: number, to: number): Promise<void> => {
      await page.mouse.move(x(from), y);
      await page.mouse.down();
      await page.mouse.move(x((from + to) / 2), y);
      await page.mouse.move(x(to), y);
      await page.mouse.up();
    };
    // The end of the last caption, into the empty time after it.
    await drag(10_900, 12_500);
    await expect.poll(() => Math.abs((document()?.cues[4]?.endMs ?? 0) - 12_500)).toBeLessThan(120);
    // Into its neighbour it does not go.
    await drag(1_000, 5_000);
    await expect.poll(() => document()?.cues[0]?.startMs).toBeGreaterThan(1_000);
    expect(document()?.cues[0]?.endMs).toBe(2_900);
    await drag(13_500, 15_000);
    await expect.poll(() => document()?.cues.length).toBe(6);
    await textBox(page).fill("said by nobody yet");
    await page.keyboard.press("Escape");
    await expect.poll(() => document()?.cues[5]?.lines).toEqual(["said by nobody yet"]);
    await page.mouse.dblclick(x(5_500), y);
    await expect.poll(() => page.locator('[role=row][aria-selected="true"]').getAttribute("data-index")).toBe("2");
    await capture(page, "editor-waveform");
  });
});

describe("another text", () => {
  test("is imported as a version of its own, compared word by word, and taken back", async () => {
    const { page, document, catalog, id } = await editorWithCues(4);
    const file = join(temporaryFolder(), "it's corrected 🎬.srt");
    writeFileSync(
      file,
      "1\n00:00:01,000 --> 00:00:02,900\nthis was caption number 0\n\n2\n00:00:03,000 --> 00:00:04,900\nthis is caption number 1\n",
    );
    await page.getByRole("tab", { name: "Compare" }).click();
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import a caption file" }).click();
    await (await chooser).setFiles(file);
    await page.getByText("2 captions (srt)").waitFor();
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await expect.poll(() => document()?.cues.length).toBe(2);
    await expect.poll(() => findNewestCues(catalog, id)[0]?.lines).toEqual(["this was caption number 0"]);
    await page.getByText("3 differences").waitFor();
    await capture(page, "editor-compare");
    await page
      .getByRole("button", { name: /^Take this back/ })
      .first()
      .click();
    await expect.poll(() => document()?.cues[0]?.lines).toEqual(["this is caption number 0"]);
    await page.getByRole("button", { name: "Take all of it back" }).click();
    await expect.poll(() => document()?.cues.map(({ lines }) => lines)).toEqual(someCues(4).map(({ lines }) => lines));
    await page.getByText("There is no difference.").waitFor();
    const wrong = join(temporaryFolder(), "no captions.srt");
    writeFileSync(wrong, Buffer.from([0, 1, 2, 3, 255]));
    const again = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Import a caption file" }).click();
    await (await again).setFiles(wrong);
    await page
      .getByRole("alert")
      .getByText(/no captions\.srt/)
      .waitFor();
  });
});

describe("two people", () => {
  test("one writes, the other one sees it live, asks, and gets the pen", async () => {
    const { page, document, id, server, somebody } = await editorWithCues();
    const token = await somebody("Ben", "operator");
    const other = await openPage();
    await other.context().addCookies([{ name: "archivist", value: token, url: server.url }]);
    await other.goto(`${server.url}/#/edit/${id}`);
    await other.getByText("Anna is correcting these captions.").waitFor();
    await page.keyboard.press("Enter");
    await textBox(page).fill("seen at once");
    await other.getByText("seen at once").waitFor();
    await page.keyboard.press("Escape");
    await other.keyboard.press("KeyA");
    await other.getByText("Only one person corrects at a time").first().waitFor();
    await capture(other, "editor-looking-on");
    // Nothing looks as if one could write in it.
    await other.keyboard.press("Enter");
    await other.getByRole("row").filter({ hasText: "number 3" }).dblclick();
    expect(await textBox(other).count()).toBe(0);
    // Whoever is refused is told, and may ask again.
    await other.getByRole("button", { name: "Ask for them" }).click();
    await page.getByRole("button", { name: "Keep them" }).click();
    await other.getByText("Anna keeps them for now.").waitFor();
    await capture(other, "editor-refused");
    await other.getByRole("button", { name: "Ask again" }).click();
    await other.getByText("Anna keeps them for now.").waitFor({ state: "detached" });
    await page.getByText("Ben would like to correct these captions.").waitFor();
    await capture(page, "editor-asked");
    await page.getByRole("button", { name: "Hand over" }).click();
    await page.getByText("Ben is correcting these captions.").waitFor();
    await other.getByText("Anna is correcting").waitFor({ state: "detached" });
    await other.getByRole("grid", { name: "Captions" }).focus();
    await other.keyboard.press("KeyM");
    await expect.poll(() => document()?.cues.length).toBe(19);
    // The first one has gone: whoever is left may write.
    await other.close();
    await page.getByRole("button", { name: "Take over" }).click();
    await page.getByText("Nobody is correcting").waitFor({ state: "detached" });
    await page.keyboard.press("KeyM");
    await expect.poll(() => document()?.cues.length).toBe(18);
  });
});

describe("what breaks in the middle", () => {
  test("the station is killed between keys, the page is loaded anew: nothing is lost, and it goes on where it was", async () => {
    let id = "";
    const station = await servedWorkstation({}, (dataFolder) => {
      const catalog = openCatalog(join(dataFolder, "catalog.db"), join(dataFolder, "backups"));
      id = captioned(catalog, someCues(200));
      catalog.close();
    });
    const { page, url, kill, startAgain } = station;
    await openEditor(page, url, id);
    for (let count = 0; count < 60; count++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await textBox(page).fill("typed before the kill");
    await page.locator('[data-testid=saved][data-state="kept"]').waitFor();
    await kill();
    // Whoever types goes on typing.
    await textBox(page).pressSequentially(", and after it");
    await page.getByTestId("saved").getByText("Not saved yet").first().waitFor();
    // Whatever is typed then is not on its way, either.
    await textBox(page).pressSequentially("!");
    expect(await page.getByTestId("saved").innerText()).toContain("Not saved yet");
    await keepScreenshot(page, "editor-broken-line");
    await startAgain();
    await page.locator('[data-testid=saved][data-state="kept"]').waitFor();
    const text = () => page.locator('[role=row][aria-selected="true"]').innerText();
    await page.keyboard.press("Escape");
    expect(await text()).toContain("typed before the kill, and after it!");
    // A page that is gone without a word: the next one begins at the same place, and says what it found.
    const recovered = await page.context().newPage();
    await page.close();
    await recovered.goto(`${url}/#/edit/${id}`);
    await recovered.getByText(/Everything is here: \d+ edits?/).waitFor();
    await recovered.locator('[role=row][aria-selected="true"][data-index="60"]').waitFor();
    expect(await recovered.locator('[role=row][aria-selected="true"]').innerText()).toContain("and after it");
  });
});
