/** CMake definitions for each kind of build. */

/** Back ends that compute on graphics processors. */
export const gpuKinds = ["cuda", "vulkan", "metal"] as const;
export type GpuKind = (typeof gpuKinds)[number];

export function isGpuKind(text: string): text is GpuKind {
  return (gpuKinds as readonly string[]).includes(text);
}

export interface BuildOptions {
  readonly withCli?: boolean;
  /** For unknown machines: the processor's features are detected when the host starts. */
  readonly portable: boolean;
  readonly gpu?: GpuKind;
}

/**
 * Returns the definitions for CMake.
 *
 * A build for this machine is one file, compiled for its processor. A portable one has a library for each level of the
 * processor family (x86-64: from SSE4.2 to AMX; ARM: from ARMv8.0 to SME), of which ggml loads the best that runs
 * (ggml/src/CMakeLists.txt, GGML_CPU_ALL_VARIANTS). It needs libraries that are loaded at run time; so do GPU back
 * ends, which must not keep the host from starting on a machine without one.
 *
 * OpenMP stays on: ggml's own threads busy-wait for one another without yielding the processor, so two engines on two
 * cores take fifty times as long as one (measured; with OpenMP, twice). How long OpenMP's threads busy-wait is set
 * where the host is started (electron/speech/whisper-host/connection.ts).
 */
export function buildFlags({ withCli = false, portable, gpu }: BuildOptions): readonly string[] {
  const onOff = (on: boolean): string => (on ? "ON" : "OFF");
  return [
    "-DCMAKE_BUILD_TYPE=Release",
    `-DWHISPER_HOST_WITH_CLI=${onOff(withCli)}`,
    `-DGGML_NATIVE=${onOff(!portable)}`,
    `-DGGML_BACKEND_DL=${onOff(portable)}`,
    `-DGGML_CPU_ALL_VARIANTS=${onOff(portable)}`,
    "-DGGML_OPENMP=ON",
    "-DGGML_LLAMAFILE=ON",
    // Otherwise ggml's default applies: Metal is on where it is available.
    ...(gpu === undefined ? [] : [`-DGGML_${gpu.toUpperCase()}=ON`]),
  ];
}
