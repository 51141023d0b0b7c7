/** The desktop program with its window shown in Chromium, before or after the first sign-in. */
import type { Page } from "playwright-core";
import { showWindows } from "./page-view.ts";
import { type ProgramOptions, startProgram } from "./program.ts";

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel("Name").fill("Anna");
  await page.locator("input[type=password]").fill("correct horse");
  await page.locator("button[type=submit]").click();
  await page.getByRole("navigation", { name: "Screens" }).waitFor();
}

/** Starts the program and signs in for the first time. */
export async function desktopProgram(options: ProgramOptions = {}) {
  const program = await desktopWindow(options);
  await signIn(program.page);
  return program;
}

/** Starts the program. */
export async function desktopWindow(options: ProgramOptions = {}) {
  let view: Awaited<ReturnType<typeof showWindows>> | undefined;
  const own = await startProgram({
    ...options,
    prepare: async (electron) => {
      view = await showWindows(electron);
      await options.prepare?.(electron);
    },
  });
  const page = await view?.page();
  if (page === undefined) throw new Error("there is no page");
  const menu = (label: string, item: string): void => {
    const submenu = own.happened.menu.find((each) => each.label === label)?.submenu;
    const found = Array.isArray(submenu) ? submenu.find((each) => each.label === item) : undefined;
    if (found?.click === undefined) throw new Error(`the menu has no ${label} → ${item}`);
    (found.click as () => void)();
  };
  return { ...own, page, menu };
}
