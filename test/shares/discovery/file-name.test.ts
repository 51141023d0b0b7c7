import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFileName } from "../../../electron/shares/discovery/file-name.ts";

describe("the name of a recording", () => {
  test.each<[string, string | undefined, string | undefined, string]>([
    ["2026-03-02 Oakdale City Council.mp4", "2026-03-02", "City Council", "Oakdale City Council"],
    ["Planning_Commission_03-02-2026.mov", "2026-03-02", "Planning Commission", "Planning Commission"],
    ["20260302_council.mkv", "2026-03-02", "City Council", "council"],
    ["WorkSession 3.2.26.mp4", "2026-03-02", undefined, "WorkSession"],
    ["Work Session 3-2-26.mp4", "2026-03-02", "Work Session", "Work Session"],
    ["Parks Commission 12 31 2025.mp4", "2025-12-31", "Parks Commission", "Parks Commission"],
    ["03022026 Town Board.ts", "2026-03-02", "Town Board", "Town Board"],
    ["School Board (ISD 622).mp4", undefined, "School Board", "School Board (ISD 622)"],
    ["2026-02-30 Council.mp4", undefined, "City Council", "2026-02-30 Council"],
    ["recording 1234567.mp4", undefined, undefined, "recording 1234567"],
    ["2026-03-02.mp4", "2026-03-02", undefined, "2026-03-02"],
    ["no extension", undefined, undefined, "no extension"],
    [".mp4", undefined, undefined, ""],
  ])("%s", (name, date, type, title) => {
    expect(readFileName(name)).toEqual({ date, type, title });
  });

  test("is read by a city's own pattern first", () => {
    const patterns = ["^(?<type>CC|PC)_(?<date>\\d{8})_(?<title>.+)$", "^(?<title>special)"];
    expect(readFileName("PC_20260302_Budget_hearing.mp4", patterns)).toEqual({
      date: "2026-03-02",
      type: "PC",
      title: "Budget hearing",
    });
    expect(readFileName("2026-03-02 Council.mp4", patterns).type).toBe("City Council");
  });

  test("of any kind is read without a fault", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const { date } = readFileName(name);
        if (date !== undefined) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
      }),
    );
  });
});
