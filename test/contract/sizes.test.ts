/** Sizes are written in one way. */
import { expect, test } from "vitest";
import { formatBytes, formatMemory } from "../../electron/contract/sizes.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [9_949, "9.9 kB"],
  [9_960, "10 kB"],
  [999_499, "999 kB"],
  [999_600, "1.0 MB"],
  [3_000_000, "3.0 MB"],
  [67_300_000_000, "67 GB"],
  [1.5e12, "1.5 TB"],
  [5e15, "5000 TB"],
])("a file of %d bytes is %j", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [32 * 1024 ** 3, "32 GB"],
  [0.4 * 1024 ** 3, "0.4 GB"],
  [9.97 * 1024 ** 3, "10 GB"],
])("memory of %d bytes is %j", (bytes, text) => {
  expect(formatMemory(bytes)).toBe(text);
});
