/** Choosing a speech model: three cards, downloads with their states, and the first run. */
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { officialModel } from "../../electron/speech/models/official-models.ts";
import { seriousViolations } from "../support/browser/accessibility.ts";
import { keepScreenshot } from "../support/browser/browser.ts";
import { looks } from "../support/browser/looks.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { modelServer } from "../support/network/model-server.ts";
import { demoModel } from "../support/paths.ts";
import { temporaryFolder } from "../support/temporary.ts";

/** The real files are not to be had here: the demo model stands for the published ones. */
const content = readFileSync(demoModel);
const names = ["tiny.en-q8_0", "base.en-q8_0", "small.en-q8_0"] as const;

beforeEach(() => {
  const hex = createHash("sha1").update(content).digest("hex");
  for (const name of names) {
    const model = officialModel(name);
    if (model === undefined) throw new Error(`${name} is not published`);
    vi.spyOn(model.checksum, "hex", "get").mockReturnValue(hex);
    vi.spyOn(model, "sizeMiB", "get").mockReturnValue(17);
  }
  return () => vi.restoreAllMocks();
});

describe("the models", () => {
  test.each(looks)(
    "$colorScheme at $width×$height: chosen, downloading, paused, failed, installed",
    {
      timeout: 300_000,
    },
    async ({ colorScheme, width, height }) => {
      const size = `${width}x${height}`;
      const server = await modelServer(content);
      const { page, goTo } = await workstation(
        { settings: { speech: { model: "auto", beamSize: 5, modelMirror: server.address } } },
        { colorScheme, viewport: { width, height } },
      );
      const shot = (state: string) => capture(page, `models-${colorScheme}-${size}-${state}`);
      await goTo("Settings");
      await page.getByRole("tab", { name: "Models" }).click();
      const card = (tier: string) => page.getByRole("region", { name: tier });
      for (const tier of ["Fast", "Balanced", "Best"]) await card(tier).getByText("per hour of meeting").waitFor();
      expect(await card("Best").getByText("Recommended").count()).toBe(1);
      expect(
        await card("Best")
          .getByText(/CC-BY-4\.0 \(NVIDIA/)
          .count(),
      ).toBe(1);
      expect(await card("Fast").getByText("MIT").count()).toBe(1);
      await shot("empty");

      // The first hangs in the middle, the second waits for it.
      server.behave({ hangAfter: 9_000_000 });
      await card("Balanced")
        .getByRole("button", { name: /^Download/ })
        .click();
      await card("Fast")
        .getByRole("button", { name: /^Download/ })
        .click();
      await card("Balanced").getByText("9.0 MB of").waitFor();
      await card("Fast").getByText("Waiting").waitFor();
      await shot("downloading");

      server.behave({ status: 404 });
      await card("Balanced")
        .getByRole("button", { name: /^Pause/ })
        .click();
      await card("Balanced").getByText("Paused").waitFor();
      await card("Fast").getByRole("alert").waitFor();
      await shot("failed");

      server.behave("well");
      await card("Balanced")
        .getByRole("button", { name: /^Resume/ })
        .click();
      await card("Balanced").getByText("Checksum verified").waitFor();
      await card("Balanced").getByText("In use").waitFor();
      await page.getByRole("button", { name: /^All models/ }).click();
      const table = page.getByRole("table", { name: "All models" });
      await table.getByRole("row", { name: /large-v3-turbo-q8_0/ }).waitFor();
      await table.getByRole("button", { name: /^More on base\.en-q8_0/ }).waitFor();
      await shot("installed");
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBe(0);
    },
  );
});

test("an installed model is used, verified and removed from the table", { timeout: 300_000 }, async () => {
  const dataFolder = temporaryFolder();
  mkdirSync(join(dataFolder, "models"));
  for (const name of names.slice(0, 2)) copyFileSync(demoModel, join(dataFolder, "models", `ggml-${name}.bin`));
  const { page, folder } = await workstation({ dataFolder, settings: { speech: { model: "auto" } } });
  await page.goto(page.url().replace(/#.*$/, "#/settings/models"));
  await page.getByRole("button", { name: /^All models/ }).click();
  const row = page.getByRole("table", { name: "All models" }).getByRole("row", { name: /tiny\.en-q8_0/ });
  await row.getByRole("button", { name: "More on tiny.en-q8_0" }).click();
  await page.getByRole("menuitem", { name: "Verify the checksum" }).click();
  await row.getByText("Checksum verified").waitFor();
  await row.getByRole("button", { name: "Use tiny.en-q8_0" }).click();
  await expect.poll(() => JSON.parse(readFileSync(folder.settingsFile, "utf8")).speech.model).toBe("tiny.en-q8_0");
  await row.getByRole("button", { name: "More on tiny.en-q8_0" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await row.getByRole("button", { name: "Download tiny.en-q8_0" }).waitFor();
});

test("a model that cannot be imported says why until the message is dismissed", { timeout: 300_000 }, async () => {
  const path = join(temporaryFolder(), "broken.pt");
  writeFileSync(path, "<!doctype html>");
  const { page } = await workstation({ settings: { speech: { model: "auto" } } });
  await page.goto(page.url().replace(/#.*$/, "#/settings/models"));
  await page.getByRole("button", { name: "Import a model" }).click();
  const dialog = page.getByRole("dialog", { name: "Import a model" });
  await dialog.getByRole("textbox", { name: "File or folder" }).fill(path);
  await dialog.getByRole("textbox", { name: "Name" }).fill("council");
  await dialog.getByRole("checkbox", { name: "Quantize to eight bits" }).check();
  await capture(page, "models-import");
  await dialog.getByRole("button", { name: "Import" }).click();
  const row = page.getByRole("table", { name: "All models" }).getByRole("row", { name: /council/ });
  await row
    .getByRole("alert")
    .getByText(/web page/)
    .waitFor();
  await capture(page, "models-import-failed");
  await row.getByRole("button", { name: "Dismiss the message about council" }).click();
  await row.waitFor({ state: "detached" });
});

test("a new station measures itself in the first steps, and the measuring can be cancelled", {
  timeout: 600_000,
}, async () => {
  const { page } = await workstation({ settings: { speech: { model: "auto" } } }, {}, false);
  const steps = page.getByRole("region", { name: "First steps" });
  await steps.getByText("Measuring how fast this computer is").waitFor();
  // Its bar moves all the time, so the page never comes to rest.
  await keepScreenshot(page, "first-steps-measuring");
  expect(await seriousViolations(page)).toEqual([]);
  await steps.getByRole("button", { name: "Cancel" }).click();
  await steps.getByRole("button", { name: "Measure this computer" }).click();
  await steps.getByText("Measuring how fast this computer is").waitFor();
  await steps.getByText(/^Measured /).waitFor({ timeout: 500_000 });
  expect(
    await steps
      .getByRole("region", { name: "Balanced" })
      .getByText(/^About \d/)
      .count(),
  ).toBe(1);
});
