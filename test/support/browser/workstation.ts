/** The workstation in a real browser, with a signed-in user. */
import { existsSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { thisMachine } from "../../../electron/config/machine.ts";
import { readStationConfig } from "../../../electron/config/station-config.ts";
import { projectRoot } from "../paths.ts";
import { startArchivist } from "../process/archivist.ts";
import { rememberMeasurement } from "../speech/measurement.ts";
import { testHost } from "../station/host.ts";
import type { TestStationOptions } from "../station/station.ts";
import { temporaryFolder } from "../temporary.ts";
import { openPage } from "./browser.ts";

export const builtPages = join(projectRoot, "renderer/dist");

export const screenNames = [
  "Intake",
  "Queue",
  "Library",
  "Cablecast",
  "Cities and shares",
  "Settings",
  "Health",
  "Help",
  "Dashboard",
] as const;

/** Signs in with a link, as after starting Archivist. @param newPassword only on the very first run */
async function signInWithLink(page: Page, url: string, ticket: string, newPassword?: string): Promise<void> {
  await page.goto(`${url}/#/sign-in/${ticket}`);
  await page.getByLabel("Name").fill("Anna");
  if (newPassword !== undefined) await page.locator("input[type=password]").fill(newPassword);
  await page.locator("button[type=submit]").click();
  await page.getByRole("heading", { name: "Dashboard" }).waitFor();
}

/** @param isMeasured false: the speed of this machine is not known, so that the station measures it */
export async function workstation(
  stationOptions: TestStationOptions = {},
  options: Parameters<typeof openPage>[0] = {},
  isMeasured = true,
) {
  if (!existsSync(join(builtPages, "index.html"))) throw new Error("the pages have not been built: npm run build");
  const host = await testHost(stationOptions, { pages: builtPages });
  const { settings, machine, folder } = host.services;
  if (isMeasured) await rememberMeasurement(folder.root, { settings, machine });
  await host.runtime.start();
  const page = await openPage(options);
  await signInWithLink(page, host.server.url, host.api.sessions.makeTicket());
  const goTo = async (name: string): Promise<void> => {
    await page.getByRole("navigation").getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };
  return { ...host, page, goTo };
}

/** A local port that is currently unused. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * `archivist serve` in its own process, which can be killed and restarted at the same address, with a signed-in page.
 */
export async function servedWorkstation(
  settings: Readonly<Record<string, object>> = {},
  prepare: (dataFolder: string) => void = () => undefined,
) {
  const dataFolder = temporaryFolder();
  prepare(dataFolder);
  const port = await freePort();
  writeFileSync(
    join(dataFolder, "settings.json"),
    JSON.stringify({ speech: { model: "archivist-demo-en", windowSeconds: 5 }, ...settings }),
  );
  await rememberMeasurement(dataFolder, {
    settings: readStationConfig({ dataFolder }).settings,
    machine: thisMachine(),
  });
  const start = () => startArchivist(["serve", "--json", "--port", String(port)], { dataFolder });
  let program = start();
  const linkLine = await program.line((line) => line.includes('"sign_in"'));
  const ticket = /sign-in\/([^"]+)"/.exec(linkLine)?.[1] ?? "";
  const page = await openPage();
  await signInWithLink(page, `http://127.0.0.1:${port}`, ticket, "correct horse");
  return {
    dataFolder,
    page,
    url: `http://127.0.0.1:${port}`,
    kill: () => program.kill("SIGKILL"),
    startAgain: async () => {
      program = start();
      await program.line((line) => line.includes('"sign_in"'));
    },
  };
}
