/** The timeline under the pointer, and what the keyboard can do to several captions, their times and their speakers. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";

/** Captions of 1.9 s with 100 ms between them, from 1 s on. */
async function editor(count = 20) {
  const { page, catalog, server } = await workstation();
  const id = captioned(catalog, someCues(count));
  await openEditor(page, server.url, id);
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const cues = () => findDraft(catalog, id)?.document.cues ?? [];
  const times = (index: number) => [cues()[index]?.startMs, cues()[index]?.endMs];
  const active = (): Promise<string | null> =>
    page.locator('[role=row][aria-selected="true"]').getAttribute("data-index");
  return { page, press, cues, times, active };
}

/** The timeline shows 30 s from the start of the recording. */
async function timelineOf(page: Page) {
  const box = await page.getByRole("img", { name: "Waveform with captions" }).boundingBox();
  if (box === null) throw new Error("there is no timeline");
  const x = (ms: number): number => box.x + (ms / 30_000) * box.width;
  const captions = box.y + 35;
  const drag = async (from: number, to: number, modifier?: "Shift" | "Control"): Promise<void> => {
    await page.mouse.move(x(from), captions);
    if (modifier !== undefined) await page.keyboard.down(modifier);
    await page.mouse.down();
    await page.mouse.move(x((from + to) / 2), captions);
    await page.mouse.move(x(to), captions);
    await page.mouse.up();
    if (modifier !== undefined) await page.keyboard.up(modifier);
  };
  return { x, y: box.y, captions, drag };
}

describe("the timeline", () => {
  test("moves a caption between its neighbors, rolls a border, and ripples all that follow", async () => {
    const { page, cues, times, press } = await editor();
    await press("KeyZ");
    const { drag } = await timelineOf(page);
    // Its neighbors leave it 100 ms on each side.
    await drag(6_000, 9_000);
    await expect.poll(() => times(2)).toEqual([5_100, 7_000]);
    await drag(2_950, 3_600);
    await expect.poll(() => Math.abs((times(0)[1] ?? 0) - 3_550)).toBeLessThan(60);
    expect((times(1)[0] ?? 0) - (times(0)[1] ?? 0)).toBe(100);
    const last = cues()[19]?.startMs ?? 0;
    await drag(12_000, 13_000, "Shift");
    await expect.poll(() => Math.abs((cues()[19]?.startMs ?? 0) - last - 1_000)).toBeLessThan(60);
    expect(times(4)).toEqual([9_000, 10_900]);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => cues()[19]?.startMs).toBe(last);
  });

  test("is zoomed about the pointer and panned by the wheel, and selects what is clicked or drawn over", async () => {
    const { page, active } = await editor();
    const { x, y, captions } = await timelineOf(page);
    await page.mouse.click(x(9_500), captions);
    await expect.poll(active).toBe("4");
    // What is under the pointer stays there.
    await page.mouse.move(x(9_500), captions);
    for (let step = 0; step < 6; step++) await page.mouse.wheel(0, -120);
    await page.mouse.click(x(9_600), captions);
    await expect.poll(active).toBe("4");
    await capture(page, "editor-timeline-near");
    for (let step = 0; step < 12; step++) await page.mouse.wheel(0, 120);
    await page.mouse.move(x(3_000), y + 100);
    await page.mouse.down();
    await page.mouse.move(x(4_000), y + 100);
    await page.mouse.move(x(8_000), y + 100);
    await page.mouse.up();
    await expect.poll(() => page.locator("[data-chosen]").count()).toBeGreaterThan(1);
  });
});

describe("the keyboard", () => {
  test("selects captions, names their speaker by its number, and undo brings all back", async () => {
    const { page, press, cues } = await editor();
    await press("KeyP");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.type("Mayor Lind");
    await press("Enter");
    await expect.poll(() => cues()[0]?.speaker).toBe("Mayor Lind");
    await press("End", "Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp");
    await expect.poll(() => page.locator("[data-chosen]").count()).toBe(4);
    await press("Digit1");
    await expect.poll(() => cues().filter(({ speaker }) => speaker === "Mayor Lind").length).toBe(5);
    await page.getByText("Mayor Lind: 4 captions").waitFor();
    await press("Control+KeyZ");
    await expect.poll(() => cues().filter(({ speaker }) => speaker === "Mayor Lind").length).toBe(1);
    // Typing narrows the names down, and Enter takes the first; from here on to the next change.
    await press("Home", "ArrowDown", "Alt+KeyP");
    await expect.poll(() => cues().filter(({ speaker }) => speaker === "Mayor Lind").length).toBe(20);
    await press("KeyP");
    await page.getByRole("dialog").getByText("20 captions").waitFor();
    await page.keyboard.type("lind");
    await capture(page, "editor-speakers");
    await press("Enter");
    await press("Digit7");
    await page.getByText("There is no speaker 7 yet.").waitFor();
  });

  test("deletes what is selected, and says so with a way back", async () => {
    const { page, press, cues } = await editor();
    await press("Shift+ArrowDown", "Shift+ArrowDown", "Delete");
    await page.getByText("Deleted 3 captions").waitFor();
    await expect.poll(() => cues().length).toBe(17);
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => cues().length).toBe(20);
    await press("Control+KeyA");
    await expect.poll(() => page.locator("[data-chosen]").count()).toBeGreaterThan(10);
    await press("KeyA");
    await page.getByText("20 of 20 accepted").waitFor();
  });

  test("goes to a caption or a time, moves a caption and the border with the next one", async () => {
    const { page, press, times, active } = await editor();
    const goTo = async (place: string): Promise<void> => {
      await press("Slash");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.type(place);
      await press("Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await goTo("7");
    await expect.poll(active).toBe("6");
    await goTo("0:09.5");
    await expect.poll(active).toBe("4");
    await press("Alt+Shift+ArrowRight", "Alt+Shift+ArrowRight");
    await expect.poll(() => times(4)).toEqual([9_000, 11_100]);
    expect(times(5)).toEqual([11_200, 12_900]);
    await goTo("20");
    await press("Shift+ArrowRight");
    await expect.poll(() => times(19)).toEqual([39_100, 41_000]);
    // The end, where the next caption is shown already: their border moves there.
    await goTo("0:03.5");
    await press("ArrowUp");
    await page.getByRole("textbox", { name: "Place in the recording" }).fill("0:03.6");
    await press("Enter");
    await press("KeyO");
    await expect.poll(() => times(0)).toEqual([1_000, 3_600]);
    expect(times(1)[0]).toBe(3_700);
  });

  test("replaces from the field itself: one with Enter, all with Ctrl Enter", async () => {
    const { page, press, cues } = await editor();
    const count = (): number => cues().filter(({ lines }) => lines.join(" ").includes("line")).length;
    await press("Control+KeyF");
    await page.keyboard.type("caption");
    await press("Enter", "Tab");
    await page.keyboard.type("line");
    await press("Enter");
    await expect.poll(count).toBe(1);
    await press("Control+Enter");
    await expect.poll(count).toBe(20);
    await page.getByText("Replaced “caption” by “line” in 19 captions").waitFor();
  });
});
