import { expect, test } from "vitest";
import { localDate } from "../../electron/platform/clock.ts";

test("dates are local", () => {
  expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05");
});
