/** End-to-end flow of a recording, from dropping it on the window to the public player, through the user interface. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { practiceCredentials } from "../../../electron/cablecast/emulator/emulator.ts";
import type { testEmulator } from "../publishing/cablecast.ts";
import { meetingAt } from "../station/station.ts";
import { temporaryFolder } from "../temporary.ts";
import { openPage } from "./browser.ts";
import { capture } from "./screenshots.ts";

interface Dropped {
  readonly name: string;
  readonly path?: string;
  readonly text?: string;
}

/** Drops files on the window, as a browser delivers them. */
async function drop(page: Page, files: readonly Dropped[]): Promise<void> {
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

/** Opens a screen by its name. */
export async function goToScreen(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Settings of a station that publishes to the emulated Cablecast server. */
export const publishingTo = ({ url, content }: Awaited<ReturnType<typeof testEmulator>>) => ({
  cablecast: { url, contentFolder: content, pollSeconds: 0.05, captionsMinutes: 2 },
  // Nobody corrects anything in this flow.
  publishing: { needsApproval: false },
});

interface DropToPublishedOptions {
  readonly page: Page;
  readonly emulator: Awaited<ReturnType<typeof testEmulator>>;
  /** Prefix of the screenshots' names. */
  readonly pictures?: string;
  /** Called with the paths of the files that are about to be dropped. */
  readonly beforeDrop?: (paths: Readonly<Record<string, string>>) => Promise<void>;
}

/** Runs the flow. @param options the page of a person who has just signed in */
export async function fromDropToPublished({
  page,
  emulator,
  pictures = "",
  beforeDrop,
}: DropToPublishedOptions): Promise<void> {
  const goTo = (name: string): Promise<void> => goToScreen(page, name);
  const picture = (name: string): Promise<void> => capture(page, `${pictures}${name}`);
  await picture("dashboard-empty");
  await goTo("Cablecast");
  await page.getByRole("tab", { name: "Connection" }).click();
  await page.getByLabel("User").fill(practiceCredentials.user);
  await page.locator("input[type=password]").fill(practiceCredentials.secret);
  await page.locator("main").getByRole("button", { name: "Keep", exact: true }).click();
  await page.getByText("User and secret are kept, encrypted.").waitFor();
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 60);
  await beforeDrop?.({ "2026-03-02 Oakdale City Council.mp4": recording });
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
  await picture("intake");
  await page.getByRole("button", { name: "Start 1 recording" }).click();
  await page.getByRole("heading", { name: "Queue" }).waitFor();
  await page.getByRole("table", { name: "Queue" }).getByText("Oakdale City Council").click();
  await page.getByTestId("live-words").getByText(/order/i).waitFor();
  await picture("queue-running");
  await page.getByText("All", { exact: true }).click();
  await page.getByRole("table", { name: "Queue" }).getByText("done").waitFor();
  await goTo("Library");
  await page.getByRole("table", { name: "Library" }).getByText("Oakdale City Council").waitFor();
  await picture("library");
  await page.getByRole("searchbox", { name: /^Search captions/ }).fill("order");
  await page.locator("mark").first().waitFor();
  await picture("search");
  await page.locator("mark").first().click();
  await page.waitForFunction(() => (document.querySelector("video")?.readyState ?? 0) >= 1);
  const { shown, second } = await page.evaluate(() => ({
    shown: document.querySelector("[data-testid=caption-screen]")?.textContent ?? "",
    second: document.querySelector("video")?.currentTime ?? 0,
  }));
  expect(second).toBeGreaterThan(0);
  expect(shown).toMatch(/order/i);
  await picture("meeting");
  await page.getByRole("tab", { name: "Files" }).click();
  const link = page.getByRole("link", { name: /\.scc$/ });
  const captions = await link.evaluate(async (anchor) => (await fetch((anchor as HTMLAnchorElement).href)).text());
  expect(captions).toMatch(/^Scenarist_SCC V1\.0/);
  await page.getByRole("tab", { name: "Cablecast" }).click();
  await page.getByText("What publishing would do").waitFor();
  await picture("meeting-publish");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await page.getByText("captions read back and right").waitFor();
  await picture("meeting-published");
  expect(emulator.tables.all("vods")).toHaveLength(1);
  const show = emulator.tables.all("vods")[0]?.show;
  const viewer = await openPage();
  await viewer.goto(`${emulator.url}/internetchannel/show/${String(show)}`);
  await viewer.waitForFunction(() => (document.querySelector("track")?.track.cues?.length ?? 0) > 0);
}
