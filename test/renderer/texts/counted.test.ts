/** Numbers and plurals of the texts. */
import { expect, test } from "vitest";
import { counted, formatCount, formatDecimal } from "../../../renderer/texts/counted.ts";

test.each([
  [0, "0 captions"],
  [1, "1 caption"],
  [2, "2 captions"],
  [1_234, "1,234 captions"],
])("%d: %s", (count, text) => {
  expect(counted(count, "caption")).toBe(text);
});

test("numbers have separators, and as many digits as they are to have", () => {
  expect([formatCount(12_345.6), formatDecimal(1_234, 1), formatDecimal(0.05, 2), formatDecimal(2, 0)]).toEqual([
    "12,346",
    "1,234.0",
    "0.05",
    "2",
  ]);
});
