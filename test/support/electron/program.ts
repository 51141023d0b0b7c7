/** Runs the real `main.ts` on a double of Electron, with its own data folder. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { type DoubleOptions, type ElectronDouble, makeElectron } from "./double.ts";

export interface ProgramOptions extends DoubleOptions {
  readonly settings?: Readonly<Record<string, object>>;
  readonly dataFolder?: string;
  readonly argv?: readonly string[];
  /** Called before anything is opened. */
  readonly prepare?: (electron: ElectronDouble) => void | Promise<void>;
}

/** Starts the program; it ends with the test. */
export async function startProgram({
  settings,
  dataFolder = temporaryFolder(),
  argv = [],
  prepare,
  ...options
}: ProgramOptions = {}) {
  if (settings !== undefined) {
    const all = { speech: { model: "archivist-demo-en", windowSeconds: 5 }, ...settings };
    writeFileSync(join(dataFolder, "settings.json"), JSON.stringify(all));
  }
  const loading = Promise.withResolvers<void>();
  const electron = makeElectron({ ...options, loading: loading.promise });
  await prepare?.(electron);
  const before = process.argv;
  process.argv = ["archivist", ...argv];
  vi.stubEnv("ARCHIVIST_DATA_DIR", dataFolder);
  vi.resetModules();
  vi.doMock("electron", () => electron.module);
  onTestFinished(async () => {
    process.argv = before;
    await Promise.all(electron.happened.windows.map((window) => window.webContents.view?.close()));
    // Confirm the questions that the program may ask before it quits.
    if (!electron.happened.hasQuit) {
      electron.happened.answers.push(1, 1);
      electron.module.app.quit();
      await expect.poll(() => electron.happened.hasQuit).toBe(true);
    }
    vi.doUnmock("electron");
    vi.unstubAllEnvs();
  });
  await import("../../../electron/main.ts");
  loading.resolve();
  const { happened } = electron;
  // Wait for a window or an exit; a command has neither for a while.
  const isCommand = argv.includes("--archivist-command");
  await expect.poll(() => isCommand || happened.windows.length > 0 || happened.hasQuit).toBe(true);
  const notices = (): readonly unknown[] =>
    happened.windows.flatMap(({ webContents }) =>
      webContents.sent.filter(({ channel }) => channel === "archivist:station").map(({ value }) => value),
    );
  const isReady = (): Promise<void> =>
    expect.poll(() => (notices().at(-1) as { kind?: string } | undefined)?.kind).toMatch(/ready|safe/);
  /** Requests a URL as a page does. */
  const ask = (url: string, init?: RequestInit): Promise<Response> => {
    const scheme = url.slice(0, url.indexOf(":"));
    const handler = happened.protocols.get(scheme);
    if (handler === undefined) throw new Error(`nobody answers ${scheme}:`);
    return handler(new Request(url, init));
  };
  return { electron, happened, dataFolder, notices, isReady, ask };
}

/** Imports a single module of the shell with a double of Electron. */
export async function withElectron<T>(load: () => Promise<T>): Promise<T> {
  vi.resetModules();
  vi.doMock("electron", () => makeElectron().module);
  onTestFinished(() => void vi.doUnmock("electron"));
  return load();
}
