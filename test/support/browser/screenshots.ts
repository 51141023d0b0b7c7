/** What a person sees: kept as a picture, and looked at for what keeps others from using it. */
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { seriousViolations } from "./accessibility.ts";
import { keepScreenshot } from "./browser.ts";

/** @param name of the picture */
export async function capture(page: Page, name: string): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  await keepScreenshot(page, name);
  expect([name, await seriousViolations(page)]).toEqual([name, []]);
}
