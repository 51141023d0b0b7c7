/** The workstation as a person uses it: real browser, real host, real ffmpeg and speech engine, the practice station. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { openPage } from "../support/browser.ts";
import { testEmulator } from "../support/cablecast.ts";
import { look } from "../support/look.ts";
import { meetingAt } from "../support/station.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { workstation } from "../support/workstation.ts";

/** Drops files on the window, as the browser hands them over. */
async function drop(
  page: Page,
  files: readonly { readonly name: string; readonly path?: string; readonly text?: string }[],
) {
  const { readFileSync } = await import("node:fs");
  const content = files.map(({ name, path, text }) => ({
    name,
    base64: (path === undefined ? Buffer.from(text ?? "") : readFileSync(path)).toString("base64"),
  }));
  await page.evaluate(async (dropped) => {
    const data = new DataTransfer();
    for (const { name, base64 } of dropped) {
      const bytes = await (
        await fetch(`data:application/octet-stream;base64,${base64}`).catch(() => undefined)
      )?.arrayBuffer();
      data.items.add(new File([bytes ?? Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
    }
    for (const type of ["dragenter", "dragover", "drop"]) {
      window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, content);
}

describe("a recording that is dropped on the window", () => {
  test("is sent, started, heard, found by its words, opened there, and published", async () => {
    const emulator = await testEmulator();
    const { page, goTo, workshop } = await workstation({
      settings: {
        cablecast: { url: emulator.url, contentFolder: emulator.content, pollSeconds: 0.05, captionsMinutes: 0.2 },
      },
    });
    await storeCredentials(workshop.secrets, practiceCredentials);
    await look(page, "dashboard-empty");
    const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 60);
    await drop(page, [
      { name: "2026-03-02 Oakdale City Council.mp4", path: recording },
      { name: "broken.mp4", text: "This is no video." },
    ]);
    await page.getByText("ready", { exact: true }).waitFor();
    await page
      .getByText(/incomplete|no recording|not a recording|index at its end/i)
      .first()
      .waitFor();
    expect(await page.getByLabel("Date").first().inputValue()).toBe("2026-03-02");
    await look(page, "intake");
    await page.getByRole("button", { name: "Start 1 recording" }).click();
    await page.getByRole("heading", { name: "Queue" }).waitFor();
    await page.getByRole("table", { name: "Queue" }).getByText("Oakdale City Council").click();
    await page.getByTestId("live-words").getByText(/order/i).waitFor();
    await look(page, "queue-running");
    await page.getByText("All", { exact: true }).click();
    await page.getByRole("table", { name: "Queue" }).getByText("done").waitFor();
    await goTo("Library");
    await page.getByRole("table", { name: "Library" }).getByText("Oakdale City Council").waitFor();
    await look(page, "library");
    await page.getByRole("searchbox", { name: /everything that was said/ }).fill("order");
    await page.locator("mark").first().waitFor();
    await look(page, "search");
    await page.locator("mark").first().click();
    await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 1);
    const { shown, second } = await page.evaluate(() => ({
      shown: document.querySelector("[data-testid=caption-screen]")?.textContent ?? "",
      second: document.querySelector("video")?.currentTime ?? 0,
    }));
    expect(second).toBeGreaterThan(0);
    expect(shown).toMatch(/order/i);
    await look(page, "meeting");
    await page.getByRole("tab", { name: "Cablecast" }).click();
    await page.getByText("What publishing would do").waitFor();
    await look(page, "meeting-publish");
    await page.getByRole("button", { name: "Publish", exact: true }).click();
    await page.getByText("captions read back and right").waitFor({ timeout: 60_000 });
    await look(page, "meeting-published");
    expect(emulator.tables.all("vods")).toHaveLength(1);
    const show = emulator.tables.all("vods")[0]?.show;
    const viewer = await openPage();
    await viewer.goto(`${emulator.url}/internetchannel/show/${String(show)}`);
    await viewer.waitForFunction(() => (document.querySelector("track")?.track.cues?.length ?? 0) > 0);
  }, 120_000);
});
