/** Makes `require("electron")` in CommonJS packages return the double until the test ends. */
import { createRequire } from "node:module";
import { onTestFinished } from "vitest";
import type { ElectronDouble } from "./double.ts";

const require = createRequire(import.meta.url);

export function requireDouble(electron: ElectronDouble): void {
  const place = require.resolve("electron");
  const before = require.cache[place];
  require.cache[place] = Object.assign(Object.create(null) as NodeJS.Module, {
    id: place,
    filename: place,
    loaded: true,
    exports: electron.module,
  });
  onTestFinished(() => {
    if (before === undefined) delete require.cache[place];
    else require.cache[place] = before;
  });
}
