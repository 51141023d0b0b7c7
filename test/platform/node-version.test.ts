import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { bundledNode, isNodeNewEnough } from "../../electron/platform/node-version.mjs";

test("Node 20 is too old, 24 is not, and npm brought one that is not", () => {
  expect(isNodeNewEnough("20.20.2")).toBe(false);
  expect(isNodeNewEnough("24.0.0")).toBe(true);
  expect(isNodeNewEnough()).toBe(true);
  const bundled = bundledNode();
  expect(bundled === undefined || existsSync(bundled)).toBe(true);
});
