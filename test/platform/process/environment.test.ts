import { expect, test } from "vitest";
import { scrubbedEnvironment } from "../../../electron/platform/process/environment.ts";

test("a child's environment loses what could change what it is", () => {
  expect(
    scrubbedEnvironment({
      PATH: "/bin",
      LD_PRELOAD: "x",
      NODE_OPTIONS: "x",
      DYLD_INSERT_LIBRARIES: "x",
      ld_preload: "x",
    }),
  ).toEqual({ PATH: "/bin" });
});
