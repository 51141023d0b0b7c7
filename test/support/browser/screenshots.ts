/** Captures a page for manual inspection and checks its accessibility. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { seriousViolations } from "./accessibility.ts";
import { keepScreenshot } from "./browser.ts";

/** @param name name of the screenshot */
export async function capture(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  await keepScreenshot(page, name);
  expect([name, await seriousViolations(page)]).toEqual([name, []]);
}
