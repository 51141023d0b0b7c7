/** What is approved is what the public gets, as an editor corrects, approves and publishes it on the screens. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { storeCredentials } from "../../electron/cablecast/connect.ts";
import { practiceCredentials } from "../../electron/cablecast/emulator/emulator.ts";
import { findDraft } from "../../electron/catalog/repositories/drafts.ts";
import { outputFormats } from "../../electron/contract/formats.ts";
import { openEditor } from "../support/browser/editor.ts";
import { capture } from "../support/browser/screenshots.ts";
import { workstation } from "../support/browser/workstation.ts";
import { testEmulator } from "../support/publishing/cablecast.ts";
import {
  addChainMeeting,
  type ChainDoor,
  chainCorrections,
  chainFacts,
  chainGap,
  chainLateCorrection,
  walkChain,
} from "../support/publishing/chain.ts";
import { publishingSettings } from "../support/publishing/meetings.ts";

const textBox = (page: Page) => page.getByRole("textbox", { name: "Text of the caption" });

test("on the screens, everything that leaves holds the words of the newest version, after each step", async () => {
  const emulator = await testEmulator();
  const { page, server, catalog, services } = await workstation({
    settings: publishingSettings(emulator, { output: { formats: [...outputFormats] } }),
  });
  await storeCredentials(services.secrets, practiceCredentials);
  const { id } = addChainMeeting(catalog);
  const edit = (): Promise<void> => openEditor(page, server.url, id);
  const openTab = async (name: string): Promise<void> => {
    await page.goto(`${server.url}/#/meeting/${id}`);
    await page.getByRole("tab", { name }).click();
  };
  const lines = (): readonly (readonly string[])[] =>
    findDraft(catalog, id)?.document.cues.map((cue) => cue.lines) ?? [];
  const correct = async (from: string, text: readonly string[]): Promise<void> => {
    const grid = page.getByRole("grid", { name: "Captions" });
    await grid.getByRole("row").filter({ hasText: from }).click();
    await grid.focus();
    await page.keyboard.press("Enter");
    await textBox(page).fill(text.join("\n"));
    await page.keyboard.press("Escape");
    await expect.poll(lines).toContainEqual(text);
  };
  const openApproval = async (): Promise<void> => {
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByRole("button", { name: "Approve now" }).waitFor();
  };
  const publishButton = page.getByRole("button", { name: /^Publish( again)?$/ });
  const door: ChainDoor = {
    id,
    emulator,
    catalog: () => catalog,
    publishRefused: async () => {
      await openTab("Cablecast");
      await page.getByText("It may not be published yet").waitFor();
      expect(await publishButton.isDisabled()).toBe(true);
      return page.locator("main").innerText();
    },
    correct: async () => {
      await edit();
      for (const { from, text } of chainCorrections) await correct(from, text);
    },
    approveRefused: async () => {
      await openApproval();
      expect(await page.getByRole("button", { name: "Approve now" }).isDisabled()).toBe(true);
      const why = await page.getByRole("dialog").innerText();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      return why;
    },
    fillGap: async () => {
      await page.locator("[data-rule=speech-without-caption]").click();
      await page.getByRole("grid", { name: "Captions" }).focus();
      await page.keyboard.press("KeyY");
      await textBox(page).fill(chainGap.text.join("\n"));
      await page.keyboard.press("Escape");
      await expect.poll(lines).toContainEqual(chainGap.text);
    },
    approve: async () => {
      await edit();
      await openApproval();
      const reason = page.getByLabel(/Say why they may stay/);
      if (await reason.isVisible()) await reason.fill("all is read");
      await page.getByRole("button", { name: "Approve now" }).click();
      await page.getByText("Approved. The files are being written.").waitFor();
    },
    changeFacts: async () => {
      await openTab("About");
      await page.getByRole("button", { name: "Edit", exact: true }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("textbox", { name: "Title" }).fill(chainFacts.title);
      await dialog.getByRole("textbox", { name: "Date" }).fill(chainFacts.date);
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.waitFor({ state: "detached" });
    },
    publish: async () => {
      await openTab("Cablecast");
      await publishButton.and(page.locator(":enabled")).click();
    },
    correctLate: async () => {
      await edit();
      await correct(chainLateCorrection.from, chainLateCorrection.text);
      await page.getByRole("button", { name: /^Write files/ }).click();
      await page.getByText("Kept as a version. The files are being written.").waitFor();
    },
    listOlder: async () => {
      await openTab("Files");
      await page.getByRole("link", { name: /\.scc$/ }).waitFor();
      const files = await page.locator("main").innerText();
      await page.getByRole("tab", { name: "Summary" }).click();
      const summary = await page.locator("main").innerText();
      await openTab("Cablecast");
      await page.getByText("captions read back and right").waitFor();
      const publication = await page.locator("main").innerText();
      await capture(page, "chain-published");
      return [["file", files] as const, ["summary", summary] as const, ["publication", publication] as const].flatMap(
        ([name, text]) => (/older than/i.test(text) ? [name] : []),
      );
    },
  };
  await walkChain(door);
});
