/** Fast hands: keys in a row, clicks in between, and steps that are taken back; nothing is lost and nothing lands elsewhere. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { cueText } from "../../electron/captions/cue.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

async function editor(count = 12) {
  const { page, catalog, server } = await workstation();
  const id = captioned(catalog, someCues(count));
  await openEditor(page, server.url, id);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const texts = (): readonly string[] => findDraft(catalog, id)?.document.cues.map(cueText) ?? [];
  const lines = (index: number): readonly string[] => findDraft(catalog, id)?.document.cues[index]?.lines ?? [];
  const marks = () => findDraft(catalog, id)?.document.marks ?? [];
  const active = (): Promise<string> => page.locator('[role=row][aria-selected="true"]').innerText();
  /** Until every edit is on the station's disk. */
  const kept = (): Promise<void> => page.getByTestId("saved").getByText("Saved").first().waitFor();
  return { page, press, texts, lines, marks, active, kept };
}

/** As fast as hands can: on a busy machine, keys that are pressed one after the other come too slowly to be text. */
const typeAtOnce = async (page: Page, text: string): Promise<void> => {
  await Promise.all([...text].map((letter) => page.keyboard.press(`Key${letter.toUpperCase()}`)));
};

describe("taking back, with keys right after it", () => {
  test("a merge and what is typed then are about what is there by then: no word is lost", async () => {
    const { page, press, texts, kept } = await editor();
    await press("KeyT", "ArrowDown", "ArrowDown", "Control+KeyZ", "KeyM", "Enter", "Home");
    await page.keyboard.type("Yes ");
    await press("Escape");
    await kept();
    await expect.poll(() => texts().join(" ")).toContain("Yes ");
    const all = texts().join(" ");
    for (let number = 0; number < 12; number++) expect(all).toContain(`number ${number}`);
    expect(texts()).toHaveLength(11);
  });

  test("what is typed then lands in one caption, in one piece", async () => {
    const { page, press, texts, kept } = await editor();
    await press("Enter", "End");
    await page.keyboard.type(" one");
    await press("Escape", "End", "Control+KeyZ", "End", "Enter", "Home");
    await page.keyboard.type("Madam clerk please ");
    await press("Escape");
    await kept();
    await expect
      .poll(() => texts().filter((text) => /adam|clerk|please/.test(text)))
      .toEqual([expect.stringMatching(/^Madam clerk please this is/)]);
    expect(texts()[0]).not.toContain("one");
  });

  test("what is typed over it does not bring it back", async () => {
    const { page, press, texts, kept } = await editor();
    await press("Enter", "End");
    await page.keyboard.type(" WRONG");
    await kept();
    await press("Control+KeyZ");
    await page.keyboard.type("!");
    await press("Escape");
    await kept();
    await expect.poll(() => texts()[0]).toBe("this is caption number 0!");
  });
});

describe("keys that belong to the captions", () => {
  test("Enter in the search goes from place to place and into no caption", async () => {
    const { page, press, texts, active, kept } = await editor();
    await press("Enter", "Control+KeyF");
    await page.keyboard.type("number 7");
    await press("Enter", "Enter", "Enter");
    expect(await active()).toContain("number 7");
    await press("Escape");
    await kept();
    expect(texts().join("\n")).not.toMatch(/\n\n/);
    expect(texts()[7]).toBe("this is caption number 7");
  });

  test("after several captions were deleted, the next command is about the one that is there", async () => {
    const { page, press } = await editor();
    const rows = page.locator("[role=row][data-index]");
    await rows.nth(3).click();
    await rows.nth(5).click({ modifiers: ["Shift"] });
    await press("Delete", "KeyA");
    await page.getByText("1 of 9 accepted").waitFor();
    expect(await page.getByText("not there any more").count()).toBe(0);
  });

  test("a click on a button is done with it, and a dialog gives back where somebody typed", async () => {
    const { page, press, active, texts, kept } = await editor();
    await page.getByRole("tab", { name: "History" }).click();
    await press("ArrowDown", "ArrowDown");
    expect(await active()).toContain("number 2");
    await press("Enter", "End");
    await page.keyboard.type(" and");
    await press("Control+Shift+KeyK");
    await page.getByRole("dialog").waitFor();
    await press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.type(" more");
    await press("Escape");
    await kept();
    await expect.poll(() => texts()[2]).toBe("this is caption number 2 and more");
  });

  test("what is typed while nothing has the focus goes where the caret was", async () => {
    const { page, press, texts, kept } = await editor();
    await press("ArrowDown", "Enter", "End");
    await page.keyboard.type(" one");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await page.keyboard.type(" two");
    await press("Escape");
    await kept();
    await expect.poll(() => texts()[1]).toBe("this is caption number 1 one two");
  });

  test("whoever looks elsewhere in the list types on where the caret was", async () => {
    const { page, press, texts, kept } = await editor(80);
    await press("Enter", "End");
    await page.keyboard.type(" x");
    await press("ArrowLeft");
    const list = page.getByRole("grid", { name: "Captions" });
    const scroll = (to: number): Promise<void> => list.evaluate((element, top) => element.scrollTo({ top }), to);
    await scroll(3_000);
    await page.locator("[data-index='60']").waitFor();
    await scroll(0);
    await page.locator("[data-index='5']").waitFor();
    await page.keyboard.type("y");
    await press("Escape");
    await kept();
    await expect.poll(() => texts()[0]).toBe("this is caption number 0 yx");
  });

  test("Replace takes each place of a caption in its turn, and says what it has not changed", async () => {
    const { page, press, texts, kept } = await editor(3);
    await press("Control+KeyF");
    await page.keyboard.type("i");
    await page.getByLabel("Replace with").fill("oo");
    const one = page.getByRole("button", { name: "Replace", exact: true });
    await one.click();
    await one.click();
    await kept();
    await expect.poll(() => texts()[0]).toBe("thoos oos caption number 0");
    await page.getByRole("textbox", { name: "Find" }).fill("number");
    await page.getByLabel("Replace with").fill("number");
    await page.getByRole("button", { name: "Replace 3" }).click();
    await page.getByText("Nothing changes by that").waitFor();
    await page.getByLabel("Replace with").fill("Number");
    await page.getByRole("button", { name: "Replace 3" }).click();
    await expect.poll(() => texts()[1]).toBe("this is caption Number 1");
  });
});

describe("text where letters are commands", () => {
  test("after a click in a panel with a closed list, Enter opens the caption and what is typed is its text", async () => {
    const { page, press, texts, kept } = await editor();
    await press("Enter", "End");
    await page.keyboard.type(" the the");
    await press("Escape");
    await page.getByRole("tab", { name: "Compare" }).click();
    await page.getByRole("tab", { name: "Issues" }).click();
    await page
      .getByRole("button", { name: /the word is there twice/ })
      .first()
      .click();
    await press("Enter", "End");
    await page.keyboard.type(" lake street and");
    await press("Escape");
    await kept();
    await expect.poll(() => texts()[0]).toBe("this is caption number 0 the the lake street and");
    expect(texts()).toHaveLength(12);
  });

  test("a sentence typed there is noticed; what it did is taken back, and it can be typed", async () => {
    const { page, press, texts, marks, kept } = await editor();
    await press("ArrowDown");
    await typeAtOnce(page, "mexas");
    await page.keyboard.type(" street");
    const question = page.getByRole("alert").filter({ hasText: "Did you mean to type?" });
    await question.waitFor();
    await capture(page, "editor-did-you-mean-to-type");
    // The rest of the sentence has done nothing.
    await page.keyboard.type("mmmm and bookmarks");
    expect(texts().length).toBeGreaterThan(8);
    await press("Enter");
    await question.waitFor({ state: "detached" });
    await page.getByRole("textbox", { name: "Text of the caption" }).waitFor();
    await press("End");
    await page.keyboard.type(", mexas street");
    await press("Escape");
    await kept();
    await expect.poll(texts).toHaveLength(12);
    expect(texts()[1]).toBe("this is caption number 1, mexas street");
    expect(texts()[2]).toBe("this is caption number 2");
    expect(marks()).toEqual([]);
  });

  test("whoever meant commands goes on with Escape", async () => {
    const { page, press, texts, kept } = await editor();
    await typeAtOnce(page, "mexa");
    const question = page.getByRole("alert").filter({ hasText: "Did you mean to type?" });
    await question.waitFor();
    await press("Escape");
    await question.waitFor({ state: "detached" });
    const before = texts().length;
    await press("KeyM");
    await kept();
    await expect.poll(() => texts().length).toBe(before - 1);
  });
});

describe("acknowledging a warning", () => {
  test("a warning that was typed a moment ago is there, with a field for the reason", async () => {
    const { page, press, marks, kept } = await editor();
    await press("Enter", "End");
    await page.keyboard.type(" the the motion");
    await press("Escape", "KeyF");
    await page.keyboard.type("she stammers");
    await press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await kept();
    await expect.poll(marks).toContainEqual(expect.objectContaining({ rule: "double-word", text: "she stammers" }));
  });

  test("without a warning `Enter` closes the dialog, and the next key is the editor's", async () => {
    const { page, press, active } = await editor();
    await press("KeyF");
    await page.getByText("This caption has no warnings.").waitFor();
    await press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await press("ArrowDown");
    await expect.poll(active).toContain("number 1");
  });
});

describe("a line that is typed too long", () => {
  test("is broken when the text is left, and comes back as it was typed by one Undo", async () => {
    const { page, press, lines, kept } = await editor();
    await press("Enter", "Control+KeyA");
    await page.keyboard.type("The council adjourns at seven o'clock in the evening");
    await press("Escape");
    await expect.poll(() => lines(0)).toEqual(["The council adjourns", "at seven o'clock in the evening"]);
    await kept();
    await press("Control+KeyZ");
    await expect.poll(() => lines(0)).toEqual(["The council adjourns at seven o'clock in the evening"]);
  });

  test("stays where it fits into no two lines, and where nobody has changed it", async () => {
    const { page, press, lines, kept } = await editor();
    const long = "word ".repeat(20).trim();
    await press("Enter", "Control+KeyA");
    await page.keyboard.type(long);
    await press("Escape");
    await kept();
    await expect.poll(() => lines(0)).toEqual([long]);
    await press("Enter", "Escape");
    await kept();
    expect(lines(0)).toEqual([long]);
  });
});
