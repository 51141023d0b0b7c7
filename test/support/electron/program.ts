/** The real `main.ts` on a double of Electron, with a data folder of its own. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../temporary.ts";
import { type DoubleOptions, type ElectronDouble, makeElectron } from "./double.ts";

export interface ProgramOptions extends DoubleOptions {
  readonly settings?: Readonly<Record<string, object>>;
  readonly dataFolder?: string;
  readonly argv?: readonly string[];
  /** Before anything is opened. */
  readonly prepare?: (electron: ElectronDouble) => void | Promise<void>;
}

/** Starts it; it ends with the test. */
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
    // Somebody who is asked whether it may end says so.
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
  // A window, or an end; a command has neither for a while.
  const isCommand = argv.includes("--archivist-command");
  await expect.poll(() => isCommand || happened.windows.length > 0 || happened.hasQuit).toBe(true);
  const notices = (): readonly unknown[] =>
    happened.windows.flatMap(({ webContents }) =>
      webContents.sent.filter(({ channel }) => channel === "archivist:station").map(({ value }) => value),
    );
  const isReady = (): Promise<void> =>
    expect.poll(() => (notices().at(-1) as { kind?: string } | undefined)?.kind).toMatch(/ready|safe/);
  /** What a page asks for by an address. */
  const ask = (url: string, init?: RequestInit): Promise<Response> => {
    const scheme = url.slice(0, url.indexOf(":"));
    const handler = happened.protocols.get(scheme);
    if (handler === undefined) throw new Error(`nobody answers ${scheme}:`);
    return handler(new Request(url, init));
  };
  return { electron, happened, dataFolder, notices, isReady, ask };
}

/** A module of the shell by itself, on a double. */
export async function withElectron<T>(load: () => Promise<T>): Promise<T> {
  vi.resetModules();
  vi.doMock("electron", () => makeElectron().module);
  onTestFinished(() => void vi.doUnmock("electron"));
  return load();
}
