/** The desktop program as a person uses it: the real `main.ts` on a double of Electron, its pages in real Chromium. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { _electron, type Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { findElectron } from "../../build/electron-binary.ts";
import { stageApp } from "../../build/stage.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { describeDataFolder } from "../../electron/config/data-folder.ts";
import { fromDropToPublished, publishingTo } from "../support/browser/drop-to-published.ts";
import { capture } from "../support/browser/screenshots.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { desktopWindow, desktopProgram as program, signIn } from "../support/electron/desktop.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const isAt = (page: Page, name: string): Promise<void> => page.getByRole("heading", { level: 1, name }).waitFor();

test("a recording goes from the window that it is dropped on to its publication, by its path and over the port", async () => {
  const emulator = await testEmulator();
  const { page, happened, dataFolder } = await program({ settings: publishingTo(emulator) });
  const beforeDrop = async (paths: Readonly<Record<string, string>>): Promise<void> => {
    await page.evaluate(`window.droppedPaths = ${JSON.stringify(paths)}`);
  };
  await fromDropToPublished({ page, emulator, pictures: "desktop-", beforeDrop });
  // Only the broken one, which lay nowhere, was sent.
  const uploads = readdirSync(join(dataFolder, "uploads"), { recursive: true }).map(String);
  expect(uploads.filter((name) => name.includes("Council"))).toEqual([]);
  expect(happened.notifications.map(({ options }) => options.title)).toEqual(["Captions are there", "Published"]);
  await expect.poll(() => happened.blockers.size).toBe(0);
});

const binary = findElectron();

test.skipIf(binary === undefined)(
  `the same on Electron itself${binary === undefined ? " (skipped: no Electron binary)" : ""}`,
  async () => {
    const emulator = await testEmulator();
    const dataFolder = temporaryFolder();
    const settings = { speech: { model: "archivist-demo-en", windowSeconds: 5 }, ...publishingTo(emulator) };
    writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(settings));
    const app = await _electron.launch({
      executablePath: binary ?? "",
      args: [await stageApp(true), ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
      env: { ...(process.env as Record<string, string>), ARCHIVIST_DATA_DIR: dataFolder },
    });
    try {
      const page = await app.firstWindow();
      await signIn(page);
      await fromDropToPublished({ page, emulator, pictures: "electron-" });
    } finally {
      await app.close();
    }
  },
  180_000,
);

describe("the native menus", () => {
  test("come from the registry, do what it says, and open recordings where the last ones lay", async () => {
    const { page, happened, menu } = await program();
    await expect
      .poll(() => happened.menu.map(({ label }) => label))
      .toEqual(["File", "Edit", "Go", "Work", "View", "Help"]);
    menu("Go", "Go to Library");
    await isAt(page, "Library");
    menu("Help", "About Archivist");
    await page.getByText("Version 1.2.3").waitFor();
    await capture(page, "desktop-about");
    await page.getByRole("button", { name: "Close", exact: true }).last().click();
    const folder = temporaryFolder();
    happened.files = { canceled: false, filePaths: [meetingAt(join(folder, "2026-03-02 City Council.mp4"))] };
    menu("File", "Open recordings …");
    await page.getByText("ready", { exact: true }).waitFor();
    await isAt(page, "Intake");
    menu("File", "Open recordings …");
    await expect.poll(() => happened.askedForFiles.at(-1)?.defaultPath).toBe(folder);
  });
});

test("recordings that are opened with Archivist are in the intake, also in the one that runs already", async () => {
  const folder = temporaryFolder();
  const first = meetingAt(join(folder, "-2026-03-02 City Council.mp4"));
  const second = meetingAt(join(folder, '2026-03-09 it\'s "budget" 🎬.mp4'));
  const { page, electron } = await program({ argv: ["--no-sandbox", first] });
  await page.getByText("2026-03-02 City Council", { exact: false }).first().waitFor();
  electron.module.app.emit("second-instance", {}, ["archivist", '2026-03-09 it\'s "budget" 🎬.mp4', "--flag"], folder);
  await page.getByText("budget", { exact: false }).first().waitFor();
  expect(second).toContain("budget");
});

describe("a station that dies", () => {
  test("is told in one line; the window goes on where it was, with everything that was kept", async () => {
    const { page, happened } = await program();
    await page.getByRole("navigation").getByRole("link", { name: "Queue" }).click();
    await isAt(page, "Queue");
    happened.utilities.at(-1)?.kill();
    await page.getByText("The station has stopped and is being started again.").waitFor();
    await capture(page, "desktop-station-away");
    await page.getByText("The station has stopped").waitFor({ state: "detached" });
    await page.getByRole("navigation").getByRole("link", { name: "Library" }).click();
    await isAt(page, "Library");
    await page
      .getByText("No meetings yet")
      .or(page.getByText(/nothing|no /i))
      .first()
      .waitFor();
  });

  test("again and again is open to look at, and says so", async () => {
    const { page, happened } = await program();
    for (let death = 1; death <= 3; death++) {
      happened.utilities.at(-1)?.kill();
      await expect.poll(() => happened.utilities.length).toBe(death + 1);
      await expect.poll(() => happened.utilities.at(-1)?.pid).toBeDefined();
    }
    await page.getByText("It is open to look at and to export only").waitFor();
    await capture(page, "desktop-safe-mode");
    await page.getByRole("button", { name: "Open it anew" }).click();
    await page.getByText("It is open to look at and to export only").waitFor({ state: "detached" });
  });
});

test("a station that cannot be opened says why, and whether there is a newer program can be asked all the same", async () => {
  const dataFolder = temporaryFolder();
  writeFileSync(join(dataFolder, "settings.json"), "{ not json");
  const { page, menu } = await desktopWindow({ dataFolder });
  await page.getByText("The station could not be opened:").first().waitFor();
  menu("Help", "About Archivist");
  await page.getByText("This copy of Archivist does not look for newer versions.").waitFor();
  await capture(page, "desktop-station-failed");
  await page.getByRole("button", { name: "Close", exact: true }).last().click();
  writeFileSync(join(dataFolder, "settings.json"), "{}");
  await page.getByRole("button", { name: "Open it anew" }).click();
  await page.getByLabel("Name").waitFor();
});

test("a page that dies is loaded again at the same place, with every edit", async () => {
  const dataFolder = temporaryFolder();
  const catalog = openCatalog(describeDataFolder(dataFolder).catalogFile, temporaryFolder());
  const id = captioned(catalog, someCues(10));
  catalog.close();
  const { page, happened } = await program({ dataFolder });
  const contents = happened.windows[0]?.webContents;
  await page.evaluate(`location.hash = "/edit/${id}"`);
  await page.getByRole("grid", { name: "Captions" }).waitFor();
  await page.getByTestId("saved").getByText("Saved").first().waitFor();
  await page.keyboard.press("KeyA");
  await page.getByText("1 of 10 accepted").waitFor();
  await page.getByTestId("saved").getByText("Saved just now").first().waitFor();
  contents?.emit("render-process-gone", {}, { reason: "crashed", exitCode: 5 });
  await expect.poll(() => contents?.loaded.at(-1)).toBe(`app://archivist/#/edit/${id}`);
  await page.getByText("1 of 10 accepted").waitFor();
});
