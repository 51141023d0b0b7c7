import { describe, expect, test } from "vitest";
import { printable, spokenDuration } from "../../../electron/headless/terminal/print.ts";

describe("what is printed", () => {
  test.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [61_000, "1 min 1 s"],
    [3_725_000, "1 h 2 min"],
  ])("%i ms is spoken as %s", (ms, text) => {
    expect(spokenDuration(ms)).toBe(text);
  });

  test("names cannot act on the terminal", () => {
    expect(printable("a\u001b[31mb\r\nc\u202ed")).toBe("a\uFFFD[31mb\uFFFD\uFFFDc\uFFFDd");
    expect(printable("Réunion 📼")).toBe("Réunion 📼");
  });
});
