import { describe, expect, test } from "vitest";
import { withElectron } from "../support/electron/program.ts";

describe("the work in one line", () => {
  const work = { running: 0, queued: 0, isPaused: false, progress: null };
  test.each([
    [undefined, "starting", "The station is being started"],
    [work, "away", "The station is being started"],
    [work, "failed", "The station could not be opened"],
    [undefined, "ready", "Nothing to do"],
    [work, "ready", "Nothing to do"],
    [{ ...work, running: 1, progress: 0.426 }, "ready", "1 running, 42 %"],
    [{ ...work, running: 2, queued: 3, progress: 0, isPaused: true }, "ready", "2 running, 0 % · 3 waiting · paused"],
    [{ ...work, queued: 3 }, "ready", "3 waiting"],
  ] as const)("%j, %s", async (now, station, line) => {
    const { workLine } = await withElectron(() => import("../../electron/shell/tray.ts"));
    expect(workLine(now, station)).toBe(line);
  });
});
