/** The workstation in a real browser, signed in. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openPage } from "./browser.ts";
import { testHost } from "./host.ts";
import { projectRoot } from "./places.ts";
import type { StationWish } from "./station.ts";

export const builtPages = join(projectRoot, "renderer/dist");

export const screenNames = [
  "Intake",
  "Queue",
  "Library",
  "Cablecast",
  "Cities and shares",
  "Settings",
  "Health",
  "Dashboard",
] as const;

/** Signs in with a link, as somebody does who has just started Archivist. */
export async function signInWithLink(page: Page, url: string, ticket: string): Promise<void> {
  await page.goto(`${url}/#/sign-in/${ticket}`);
  await page.getByLabel("Name").fill("Anna");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
}

export async function workstation(wish: StationWish = {}, options: Parameters<typeof openPage>[0] = {}) {
  if (!existsSync(join(builtPages, "index.html"))) throw new Error("the pages have not been built: npm run build");
  const host = await testHost(wish, { pages: builtPages });
  await host.operation.start();
  const page = await openPage(options);
  await signInWithLink(page, host.server.url, host.parts.sessions.makeTicket());
  const goTo = async (name: string): Promise<void> => {
    await page.getByRole("navigation").getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };
  return { ...host, page, goTo };
}
