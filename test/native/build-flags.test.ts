import { describe, expect, test } from "vitest";
import { buildFlags, isGpuKind } from "../../native/build-flags.ts";

describe("the flags of the native build", () => {
  test("for this machine: compiled for its processor, one file", () => {
    const flags = buildFlags({ portable: false });
    expect(flags).toContain("-DGGML_NATIVE=ON");
    expect(flags).toContain("-DGGML_BACKEND_DL=OFF");
    expect(flags).toContain("-DGGML_OPENMP=ON");
    // Metal stays on where ggml has it on by itself.
    expect(flags.join(" ")).not.toMatch(/CUDA|VULKAN|METAL/);
  });

  test("for any machine: all levels of the processor family, chosen when it starts", () => {
    const flags = buildFlags({ portable: true, withCli: true });
    for (const flag of [
      "-DGGML_NATIVE=OFF",
      "-DGGML_BACKEND_DL=ON",
      "-DGGML_CPU_ALL_VARIANTS=ON",
      "-DGGML_OPENMP=ON",
      "-DWHISPER_HOST_WITH_CLI=ON",
    ]) {
      expect(flags).toContain(flag);
    }
  });

  test.each(["cuda", "vulkan", "metal"] as const)("with %s", (gpu) => {
    expect(isGpuKind(gpu)).toBe(true);
    expect(buildFlags({ portable: true, gpu })).toContain(`-DGGML_${gpu.toUpperCase()}=ON`);
  });

  test("know no other graphics", () => expect(isGpuKind("voodoo")).toBe(false));
});
