/** A newer version of the program, as a person sees it: real updater, real station, and captions that are open. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { verifyBackup } from "../../electron/catalog/backup.ts";
import { openCatalog } from "../../electron/catalog/open.ts";
import { describeDataFolder } from "../../electron/config/data-folder.ts";
import { capture } from "../support/browser/screenshots.ts";
import { captioned, someCues } from "../support/captions/transcriptions.ts";
import { installedAppImage, traced } from "../support/electron/app-image.ts";
import { desktopProgram } from "../support/electron/desktop.ts";
import { requireDouble } from "../support/electron/required.ts";
import { releaseServer, signer } from "../support/network/release-server.ts";
import { temporaryFolder } from "../support/temporary.ts";

test("is offered in one line, waits for open captions, and is installed after a backup", async () => {
  const own = signer();
  const { folder, program } = installedAppImage();
  const server = await releaseServer();
  const { trace, release } = traced(folder, own.key);
  // What is built into a program that ships.
  vi.doMock("../../electron/shell/updates/feed.ts", () => ({
    readFeed: () => ({ url: server.url, keys: [own.line] }),
  }));
  onTestFinished(() => void vi.doUnmock("../../electron/shell/updates/feed.ts"));
  const dataFolder = temporaryFolder();
  const { catalogFile, backups } = describeDataFolder(dataFolder);
  const catalog = openCatalog(catalogFile, temporaryFolder());
  const id = captioned(catalog, someCues(10));
  catalog.close();
  writeFileSync(join(dataFolder, "settings.json"), JSON.stringify({ updates: { automatic: false } }));
  const { page, happened, menu } = await desktopProgram({ dataFolder, prepare: requireDouble });

  menu("Help", "Look for a newer version");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Newer versions could not be looked for").waitFor();
  await capture(page, "desktop-update-failed");
  server.publish(release("1.2.3"));
  await dialog.getByRole("button", { name: "Look for a newer version" }).click();
  await dialog.getByText("This is the newest version.").waitFor();
  server.publish(release("1.3.0"));
  await dialog.getByRole("button", { name: "Look for a newer version" }).click();
  await dialog.getByText("Archivist 1.3.0 can be installed.").waitFor();
  await capture(page, "desktop-update-about");
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await dialog.waitFor({ state: "detached" });
  const line = page.getByRole("status").filter({ hasText: "Archivist 1.3.0" });
  await line.getByText("Everything is backed up before.").waitFor();
  await capture(page, "desktop-update-ready");

  // In the middle of correcting: nothing of it is seen, and nothing is replaced.
  await page.evaluate(`location.hash = "/edit/${id}"`);
  await page.getByRole("grid", { name: "Captions" }).waitFor();
  await page.getByTestId("saved").getByText("Saved").first().waitFor();
  await page.keyboard.press("KeyA");
  await page.getByText("1 of 10 accepted").waitFor();
  expect(await line.count()).toBe(0);
  menu("Help", "About Archivist");
  await dialog.getByRole("button", { name: "Install and restart" }).click();
  await dialog.getByText("Now: captions are being corrected.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await line.getByRole("button", { name: "Not now" }).waitFor();
  await capture(page, "desktop-update-waiting");
  expect(happened.hasQuit).toBe(false);
  await line.getByRole("button", { name: "Not now" }).click();
  await line.waitFor({ state: "detached" });

  await page.evaluate(`location.hash = "/queue"`);
  await page.getByRole("heading", { level: 1, name: "Queue" }).waitFor();
  await line.getByRole("button", { name: "Install and restart" }).click();
  await expect.poll(() => happened.hasQuit).toBe(true);
  expect(readFileSync(program, "utf8")).toContain("1.3.0");
  await expect.poll(() => existsSync(trace) && readFileSync(trace, "utf8").trim()).toBe("1.3.0");
  const made = readdirSync(backups).filter((name) => name.startsWith("catalog-"));
  expect(made.length).toBeGreaterThan(0);
  for (const name of made) verifyBackup(join(backups, name));
});
