import { expect, test } from "vitest";
import { withElectron } from "../support/electron/program.ts";

test.each([
  ["Alt+Digit1", "Alt+1"],
  ["Mod+Shift+KeyP", "CmdOrCtrl+Shift+P"],
  ["F8", "F8"],
  ["Mod+Equal", "CmdOrCtrl+="],
])("the keys %s are shown in menus as %s", async (keys, shown) => {
  const { toAccelerator } = await withElectron(() => import("../../electron/shell/menus.ts"));
  expect(toAccelerator(keys)).toBe(shown);
});
