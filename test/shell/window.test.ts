/** The window: where it was, how it comes back, and what it does not lose. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultWindowState, placed, toPagePath } from "../../electron/shell/window-state.ts";
import { invoke } from "../support/electron/double.ts";
import { startProgram } from "../support/electron/program.ts";
import { preventable } from "../support/electron/window.ts";
import { temporaryFolder } from "../support/temporary.ts";

const screens = [
  { x: 0, y: 0, width: 1920, height: 1080 },
  { x: 1920, y: 0, width: 1280, height: 1024 },
];

describe("a window's place", () => {
  test.each([
    ["on the first screen", { x: 100, y: 100 }, true],
    ["on the second screen", { x: 2_000, y: 50 }, true],
    ["half beside it", { x: -900, y: 100 }, true],
    ["on a screen that is gone", { x: 5_000, y: 100 }, false],
    ["below every screen", { x: 100, y: 1_050 }, false],
    ["with its title above the screen", { x: 100, y: -300 }, false],
    ["all but a strip beside it", { x: -1_400, y: 100 }, false],
  ])("%s", (_, at, isKept) => {
    const state = { ...defaultWindowState, ...at };
    expect(placed(state, screens)).toEqual(isKept ? state : defaultWindowState);
  });

  test.each([
    ["app://archivist/#/edit/1", "/edit/1"],
    ["app://archivist/", "/"],
    ["app://archivist/#/sign-in/secret", "/"],
    [`app://archivist/#/${"x".repeat(600)}`, "/"],
    ["not an address", "/"],
  ])("in the workstation: %s", (url, place) => expect(toPagePath(url)).toBe(place));
});

test("it opens where it was, at the place that it showed; what cannot be read counts as nothing", async () => {
  const dataFolder = temporaryFolder();
  const first = await startProgram({ dataFolder });
  await first.isReady();
  const [window] = first.happened.windows;
  if (window === undefined) throw new Error("there is no window");
  window.bounds = { x: 200, y: 150, width: 1_300, height: 800 };
  window.emit("resized");
  window.webContents.emit("did-navigate-in-page", {}, "app://archivist/#/library", true);
  window.webContents.emit("did-navigate-in-page", {}, "app://archivist/#/elsewhere", false);
  first.electron.module.app.quit();
  await expect.poll(() => first.happened.hasQuit).toBe(true);
  const second = await startProgram({ dataFolder });
  await second.isReady();
  expect(second.happened.windows[0]?.options).toMatchObject({ x: 200, y: 150, width: 1_300, height: 800 });
  expect(second.happened.windows[0]?.webContents.loaded[0]).toBe("app://archivist/#/library");
  second.electron.module.app.quit();
  await expect.poll(() => second.happened.hasQuit).toBe(true);
  writeFileSync(join(dataFolder, "desktop/window.json"), "{ half");
  const third = await startProgram({ dataFolder });
  await third.isReady();
  expect(third.happened.windows[0]?.options).toMatchObject({ width: defaultWindowState.width });
});

test("what hangs is loaded again when a person wishes it, and left when not", async () => {
  const { happened, isReady } = await startProgram();
  await isReady();
  const [window] = happened.windows;
  const loads = (): number => window?.webContents.loaded.length ?? 0;
  const before = loads();
  happened.answers.push(0);
  window?.emit("unresponsive");
  expect(loads()).toBe(before);
  happened.answers.push(1);
  window?.emit("unresponsive");
  expect(window?.webContents.wasCrashed).toBe(true);
  await expect.poll(loads).toBe(before + 1);
});

test("a page that dies again and again is not loaded without end", async () => {
  const { happened, isReady } = await startProgram();
  await isReady();
  const contents = happened.windows[0]?.webContents;
  for (let death = 0; death < 6; death++) contents?.emit("render-process-gone", {}, { reason: "oom", exitCode: 1 });
  expect(happened.errors).toHaveLength(1);
  contents?.emit("render-process-gone", {}, { reason: "clean-exit", exitCode: 0 });
  expect(happened.errors).toHaveLength(1);
});

test("what has not been kept yet is not left without asking", async () => {
  const { happened, isReady } = await startProgram();
  await isReady();
  const contents = happened.windows[0]?.webContents;
  const leaves = (answer: number): boolean => {
    happened.answers.push(answer);
    const event = preventable();
    contents?.emit("will-prevent-unload", event);
    return event.isPrevented;
  };
  expect(leaves(0)).toBe(false);
  expect(leaves(1)).toBe(true);
});

describe("closing it", () => {
  test("leaves the work to the tray, from which it comes back", async () => {
    const { happened, isReady } = await startProgram();
    await isReady();
    expect(happened.windows[0]?.closeByPerson()).toBe(true);
    expect(happened.hasQuit).toBe(false);
    happened.trays[0]?.emit("click");
    expect(happened.windows).toHaveLength(2);
  });

  test("is ending where there is no tray", async () => {
    const { happened, isReady } = await startProgram({ hasTray: false });
    await isReady();
    expect(happened.windows[0]?.closeByPerson()).toBe(false);
    await expect.poll(() => happened.hasQuit).toBe(true);
  });
});

describe("without its window", () => {
  const closed = async () => {
    const program = await startProgram();
    await program.isReady();
    const { happened } = program;
    const station = happened.utilities[0];
    const work = { running: 1, queued: 0, isPaused: false, progress: 0.5 };
    station?.emit("message", { kind: "work", work });
    expect(happened.windows[0]?.closeByPerson()).toBe(true);
    const choose = (label: string): void => {
      const item = happened.trays[0]?.menu.find((each) => each.label === label);
      (item?.click as (() => void) | undefined)?.();
    };
    return { ...program, station, choose };
  };

  test("it is said once that it works on, ends of jobs are told, and quitting asks and ends", async () => {
    const { happened, station, choose } = await closed();
    expect(happened.notifications.map(({ options }) => options.title)).toEqual(["Archivist works on"]);
    const job = { kind: "ended", jobId: "1", type: "process", title: "Council", transcriptionId: null };
    station?.emit("message", { ...job, state: "completed", date: "2026-03-02T00:00:00Z" });
    expect(happened.notifications.at(-1)?.options.title).toBe("Captions are there");
    happened.answers.push(0);
    choose("Quit");
    await expect.poll(() => happened.questions.length).toBe(1);
    expect(happened.hasQuit).toBe(false);
    happened.answers.push(1);
    choose("Quit");
    await expect.poll(() => happened.hasQuit).toBe(true);
    expect(happened.questions.map(({ message }) => message)).toEqual(["A job is running.", "A job is running."]);
  });

  test("whoever comes back for the first time can still set the station up", async () => {
    const { happened, choose } = await closed();
    choose("Show Archivist");
    await expect.poll(() => happened.windows.at(-1)?.webContents.loaded.at(-1)).toMatch(/#\/sign-in\/.+/);
  });
});

test("quitting asks for what has not been kept yet: whoever stays has a station that takes it", async () => {
  const { electron, happened, isReady } = await startProgram();
  await isReady();
  const [window] = happened.windows;
  if (window === undefined) throw new Error("there is no window");
  window.webContents.wantsToStay = true;
  happened.answers.push(0);
  electron.module.app.quit();
  await expect
    .poll(() => happened.questions.map(({ message }) => message))
    .toEqual(["Something has not been kept yet."]);
  await expect.poll(() => window.isDestroyed()).toBe(false);
  expect(happened.utilities[0]?.pid).toBeDefined();
  expect(happened.trays[0]?.isDestroyed).toBe(false);
  happened.answers.push(1);
  await expect
    .poll(() => {
      electron.module.app.quit();
      return happened.hasQuit;
    })
    .toBe(true);
  expect(happened.utilities[0]?.pid).toBeUndefined();
});

test("a page that does not even say whether it stays is not waited for", async () => {
  const { happened, electron, isReady } = await startProgram();
  await isReady();
  const [window] = happened.windows;
  if (window === undefined) throw new Error("there is no window");
  window.close = () => undefined;
  electron.module.app.quit();
  await expect.poll(() => happened.hasQuit).toBe(true);
});

test("files that are opened reach the page from whatever screen, and wait while another page is loaded", async () => {
  const { electron, happened, isReady } = await startProgram();
  await isReady();
  await invoke(electron, "archivist:set-menu", []);
  const contents = happened.windows[0]?.webContents;
  const given = (): readonly unknown[] =>
    contents?.sent.filter(({ channel }) => channel === "archivist:files").map(({ value }) => value) ?? [];
  const open = (file: string): boolean => electron.module.app.emit("second-instance", {}, ["archivist", file], "/mnt");
  contents?.emit("did-start-navigation", { isMainFrame: true, isSameDocument: true });
  contents?.emit("did-start-navigation", { isMainFrame: false, isSameDocument: false });
  open("a.mp4");
  expect(given()).toEqual([["/mnt/a.mp4"]]);
  contents?.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false });
  open("b.mp4");
  expect(given()).toHaveLength(1);
  await invoke(electron, "archivist:set-menu", []);
  expect(given()).toEqual([["/mnt/a.mp4"], ["/mnt/b.mp4"]]);
});

test("a second one hands over its files and goes", async () => {
  const { happened } = await startProgram({ isSecondInstance: true });
  expect(happened.windows).toEqual([]);
  expect(happened.hasQuit).toBe(true);
});

test("a data folder that cannot be used is said in words, and the program ends", async () => {
  const file = join(temporaryFolder(), "no folder");
  writeFileSync(file, "");
  const { happened } = await startProgram({ dataFolder: join(file, "data") });
  await expect.poll(() => happened.exitCode).toBe(1);
  expect(happened.errors[0]).toMatch(/^Archivist could not be opened: .+\n\n.+/);
  expect(happened.windows).toEqual([]);
});
