/** What is left to do once the words are right, with the keyboard alone: settle the warnings, approve, publish. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import type { Draft } from "../../../electron/catalog/repositories/drafts.ts";
import type { testEmulator } from "../publishing/cablecast.ts";
import { openPage } from "./browser.ts";

/** @param readDraft the captions as the station has them */
export async function settleAndPublish(page: Page, readDraft: () => Draft | undefined): Promise<void> {
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  // What the rules still find: each is gone to, and ticked off with a reason.
  const warnings = async (): Promise<number> =>
    Number.parseInt((await page.getByRole("button", { name: /^\d+ warnings?$/ }).getAttribute("aria-label")) ?? "", 10);
  const ticks = (): number => readDraft()?.document.marks.filter(({ kind }) => kind === "tick").length ?? 0;
  // It brings the issues up to date, whatever the last edit has changed.
  await press("F8");
  while ((await warnings()) > 0) {
    const before = ticks();
    // Typed without looking: what opens has the focus at once.
    await press("KeyF");
    await page.keyboard.type("I have listened to it");
    await press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(ticks).toBeGreaterThan(before);
    await press("F8");
  }
  await press("Control+Shift+KeyA", "Enter");
  await page.getByText("Approved. The files are being written.").waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press("Control+Shift+KeyU");
  const publish = page.getByRole("button", { name: "Publish", exact: true });
  await publish.and(page.locator(":enabled")).press("Enter");
  await page.getByText("captions read back and right").waitFor();
}

/** The captions that the public's player shows, in order. */
export async function readPublishedCaptions({
  url,
  tables,
}: Pick<Awaited<ReturnType<typeof testEmulator>>, "url" | "tables">): Promise<readonly string[]> {
  const viewer = await openPage();
  await viewer.goto(`${url}/internetchannel/show/${String(tables.all("vods")[0]?.show)}`);
  const shown = await viewer
    .waitForFunction(() => {
      const track = document.querySelector<HTMLTrackElement>("track[kind=captions]")?.track;
      const cues = [...(track?.cues ?? [])] as VTTCue[];
      return cues.length > 0 ? cues.map(({ text }) => text.replaceAll("\n", " ")) : undefined;
    })
    .then((handle) => handle.jsonValue());
  return shown ?? [];
}
