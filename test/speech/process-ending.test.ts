import { describe, expect, test } from "vitest";
import { ArchivistError } from "../../electron/contract/errors.ts";
import { describeEnding } from "../../electron/speech/process-ending.ts";

describe("how a speech engine's process ended", () => {
  test.each([
    ["SIGILL", { code: null, signal: "SIGILL" }, "engine.instruction", /the processor refused an instruction/],
    ["SIGILL behind a shell", { code: 132, signal: null }, "engine.instruction", /SIGILL/],
    ["SIGILL on Windows", { code: 0xc000001d, signal: null }, "engine.instruction", /SIGILL/],
    ["SIGKILL", { code: null, signal: "SIGKILL" }, "engine.crashed", /memory ran out/],
    ["SIGKILL in a container", { code: 137, signal: null }, "engine.crashed", /memory ran out/],
    ["SIGSEGV", { code: null, signal: "SIGSEGV" }, "engine.crashed", /SIGSEGV/],
    ["SIGSEGV on Windows", { code: 0xc0000005, signal: null }, "engine.crashed", /SIGSEGV/],
    ["SIGBUS", { code: null, signal: "SIGBUS" }, "engine.crashed", /SIGBUS/],
    ["SIGABRT", { code: null, signal: "SIGABRT" }, "engine.crashed", /SIGABRT/],
    ["an exit code", { code: 3, signal: null }, "engine.crashed", /stopped unexpectedly/],
    ["another signal", { code: null, signal: "SIGUSR1" }, "engine.crashed", /stopped unexpectedly/],
  ] as const)("%s has its code, its cause and a remedy", (_name, exit, code, cause) => {
    const { code: found, ...details } = describeEnding(exit);
    expect(found).toBe(code);
    const error = new ArchivistError(found, details);
    expect(error.reason).toMatch(cause);
    expect(error.retryable).toBe(true);
  });

  test("only what memory can help advises a smaller model", () => {
    const remedy = (signal: NodeJS.Signals): string => {
      const { code, ...details } = describeEnding({ code: null, signal });
      return new ArchivistError(code, details).remedy;
    };
    expect(remedy("SIGKILL")).toContain("smaller model");
    for (const signal of ["SIGILL", "SIGSEGV", "SIGBUS", "SIGFPE", "SIGABRT"] as const)
      expect(remedy(signal)).not.toContain("smaller model");
  });
});
