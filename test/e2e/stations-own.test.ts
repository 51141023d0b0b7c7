/** Shares, cities and settings, set up by somebody who has never seen a settings file. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { capture } from "../support/browser/screenshots.ts";
import { servedWorkstation } from "../support/browser/workstation.ts";
import { meetingAt } from "../support/station/station.ts";
import { temporaryFolder } from "../support/temporary.ts";

const go = async (page: Page, name: string): Promise<void> => {
  await page.getByRole("navigation").getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
};

test("a share and a city are added in forms, tried, and found to work once the station has been opened anew", async () => {
  const { page, dataFolder } = await servedWorkstation({
    intake: { pollSeconds: 0.5, minAgeSeconds: 0, stablePolls: 1 },
    schedules: { pending: "* * * * * *" },
  });
  const share = join(temporaryFolder(), "it's flex 🎬");
  mkdirSync(share);
  await go(page, "Cities and shares");
  await page.getByRole("tab", { name: "Shares" }).click();
  await page.getByRole("button", { name: "Add a share" }).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.getByText("Something is not right yet").waitFor();
  await capture(page, "share-form-wrong");
  await drawer.getByRole("textbox", { name: "Name" }).fill("Flex 1");
  await drawer.getByRole("textbox", { name: "Folder" }).fill(share);
  await drawer.getByRole("button", { name: "Try the folder" }).click();
  await drawer.getByText("It is not mounted").first().waitFor();
  await drawer.getByRole("switch", { name: /Only when something is mounted/ }).uncheck();
  await drawer.getByRole("button", { name: "Try the folder" }).click();
  await drawer.getByText("It answers.").waitFor();
  await capture(page, "share-form-tried");
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.waitFor({ state: "detached" });
  await page.getByRole("cell", { name: "Flex 1", exact: true }).waitFor();

  await page.getByRole("tab", { name: "Cities" }).click();
  await page.getByRole("button", { name: "Add a city" }).click();
  await drawer.getByRole("textbox", { name: "Name of the city" }).fill("Oakdale");
  await drawer.getByRole("combobox", { name: "Its shares" }).press("ArrowDown");
  await page.getByRole("option", { name: "Flex 1" }).click();
  await page.keyboard.press("Escape");
  await drawer.getByRole("button", { name: "Publishing" }).click();
  await drawer.getByRole("textbox", { name: "Channel" }).fill("7");
  await drawer.getByRole("button", { name: "Add a show field" }).click();
  await drawer.getByRole("textbox", { name: "Show field" }).fill("12");
  await drawer.getByRole("textbox", { name: /Text, with/ }).fill("{city}, {date}");
  await capture(page, "city-form");
  await drawer.getByRole("button", { name: "Save" }).click();
  await drawer.waitFor({ state: "detached" });
  const kept = JSON.parse(readFileSync(join(dataFolder, "settings.json"), "utf8"));
  expect(kept.shares.servers).toMatchObject([{ label: "Flex 1", path: share, mustBeMounted: false }]);
  expect(kept.cities.members).toMatchObject([
    {
      name: "Oakdale",
      shares: ["Flex 1"],
      cablecast: { channel: 7, customFields: [{ field: 12, value: "{city}, {date}" }] },
    },
  ]);
  await page.getByRole("button", { name: "Edit: Oakdale" }).click();
  await drawer.getByRole("textbox", { name: "Names of Oakdale" }).fill("person: Jane Doe\nHudson Boulevard");
  // Names that were typed are not lost without a question.
  const questions: string[] = [];
  page.once("dialog", (dialog) => {
    questions.push(dialog.message());
    void dialog.dismiss();
  });
  await page.keyboard.press("Escape");
  await expect.poll(() => questions).toEqual([expect.stringContaining("not saved")]);
  // One button saves the city with its names.
  await drawer.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("2 names kept").waitFor();
  await drawer.waitFor({ state: "detached" });

  await page.getByText("They hold once the station has been opened anew").waitFor();
  await capture(page, "restart-notice");
  meetingAt(join(share, "2026-03-02 City Council.mp4"), 20);
  await page.getByRole("button", { name: "Open it anew" }).click();
  // The page finds the station again by itself, and the new city works.
  await page.getByText("They hold once the station has been opened anew").waitFor({ state: "detached" });
  await go(page, "Queue");
  await page.getByText("All", { exact: true }).click();
  await page.getByRole("table", { name: "Queue" }).getByText("done").waitFor();
  await page.getByText("Pools", { exact: true }).click();
  await page.getByRole("region", { name: "Transcription" }).waitFor();
  await capture(page, "queue-pools");
  await go(page, "Cities and shares");
  await page.getByText("1 done").waitFor();
  await capture(page, "cities-and-shares-at-work");
  expect(existsSync(join(share, "transcriptions"))).toBe(true);
});

test("settings are tried before they are kept, and say what is wrong", async () => {
  const { page } = await servedWorkstation();
  await go(page, "Settings");
  await page.getByRole("button", { name: "Try ffmpeg" }).click();
  await page
    .getByText(/ffprobe/)
    .nth(1)
    .waitFor();
  await page.getByLabel("media.ffmpegPath").fill("/no/such/ffmpeg");
  await page.getByRole("button", { name: "Try ffmpeg" }).click();
  await page
    .getByText(/\/no\/such\/ffmpeg/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Try the server" }).scrollIntoViewIfNeeded();
  await page.getByRole("button", { name: "Try the server" }).click();
  await page.getByText("Set cablecast.url in the settings.").waitFor();
  await capture(page, "settings-tried");
});

test("what was looked at is still in the list when the page was loaded anew", async () => {
  const { page } = await servedWorkstation();
  const recording = meetingAt(join(temporaryFolder(), "2026-03-02 Oakdale City Council.mp4"), 10);
  await go(page, "Intake");
  await page.getByLabel("Path on the station").fill(recording);
  await page.getByRole("button", { name: "Look", exact: true }).click();
  await page.getByText("ready", { exact: true }).waitFor();
  await page.getByLabel("Date").fill("2026-03-09");
  await page.reload();
  await page.getByText("ready", { exact: true }).waitFor();
  expect(await page.getByLabel("Date").inputValue()).toBe("2026-03-09");
});
