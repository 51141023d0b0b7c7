import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { speechThreads, thisMachine } from "../../electron/config/machine.ts";
import { isPackaged } from "../../electron/config/packaged.ts";
import { ProgressWatchdog } from "../../electron/platform/process/progress-watchdog.ts";

describe("threads for speech", () => {
  test.each([
    [64, 16, 0, 6],
    [31.2, 8, 0, 6],
    [16, 8, 0, 4],
    [15.4, 8, 0, 4],
    [8, 8, 0, 2],
    [2, 8, 0, 2],
    [64, 2, 0, 2],
    [64, 1, 0, 1],
    [8, 8, 7, 7],
    [8, 4, 64, 4],
  ])("%d GB and %d cores, %d wanted: %d", (gigabytes, cores, wanted, threads) => {
    expect(speechThreads(wanted, { memoryBytes: gigabytes * 1024 ** 3, cores })).toBe(threads);
  });

  test("this machine has some memory and a core", () => {
    expect(thisMachine().memoryBytes).toBeGreaterThan(2 ** 28);
    expect(thisMachine().cores).toBeGreaterThan(0);
  });
});

describe("a packaged application", () => {
  test.each([
    ["/opt/Archivist/resources/app.asar/electron/config", true],
    ["C:\\Program Files\\Archivist\\resources\\app.asar\\electron\\lib", true],
    ["/opt/Archivist/resources/app.asar.unpacked/native", true],
    ["/home/me/archivist/electron/config", false],
    ["/home/me/my-app.asar-notes/electron", false],
  ])("is known by where its code lies: %s", (folder, packaged) => {
    expect(isPackaged(folder)).toBe(packaged);
  });
});

describe("the watchdog", () => {
  let now = 0;
  beforeEach(() => {
    now = 0;
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    vi.spyOn(performance, "now").mockImplementation(() => now);
    return () => vi.restoreAllMocks();
  });
  afterEach(() => vi.useRealTimers());

  /** Time passes as it does while a program runs, second by second. */
  function run(seconds: number): void {
    for (let second = 0; second < seconds; second++) {
      now += 1_000;
      vi.advanceTimersByTime(1_000);
    }
  }

  test("barks once when nothing has moved for as long as it waits", () => {
    let barks = 0;
    const watchdog = new ProgressWatchdog(10_000, () => barks++);
    watchdog.touch();
    run(9);
    expect(barks).toBe(0);
    run(60);
    expect(barks).toBe(1);
  });

  test("is quiet while something moves, and after it has been told to rest", () => {
    let barks = 0;
    const watchdog = new ProgressWatchdog(10_000, () => barks++);
    for (let round = 0; round < 10; round++) {
      watchdog.touch();
      run(8);
    }
    watchdog.rest();
    run(100);
    expect(barks).toBe(0);
  });

  test("does not count the hours in which the machine slept, but what comes after", () => {
    let barks = 0;
    const watchdog = new ProgressWatchdog(10_000, () => barks++);
    watchdog.touch();
    run(5);
    // The lid is closed for eight hours: one tick, late.
    now += 8 * 3_600_000;
    vi.advanceTimersByTime(1_000);
    expect(barks).toBe(0);
    run(4);
    expect(barks).toBe(0);
    run(2);
    expect(barks).toBe(1);
  });

  test("does not care about the wall clock, which may be set", () => {
    let barks = 0;
    vi.setSystemTime(0);
    const watchdog = new ProgressWatchdog(10_000, () => barks++);
    watchdog.touch();
    run(5);
    vi.setSystemTime(10 * 86_400_000);
    run(4);
    expect(barks).toBe(0);
  });
});
