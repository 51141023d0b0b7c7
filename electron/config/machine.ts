/** What this machine has, as far as work has to be measured by it. */
import { availableParallelism, totalmem } from "node:os";

export interface Machine {
  /** Memory that this process may use at most, in bytes. */
  readonly memoryBytes: number;
  /** Processors that this process may run on. */
  readonly cores: number;
}

/** This machine, or the container that it looks like. */
export function thisMachine(): Machine {
  // 0 or an absurd number where nothing constrains it.
  const constrained = process.constrainedMemory();
  const memoryBytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { memoryBytes, cores: availableParallelism() };
}

const gigabyte = 1024 ** 3;
/** A machine sold with 32 GB shows a little less: the firmware keeps some. */
const nearly = 0.9;

/**
 * Threads for speech recognition: by memory, as the legacy product had it for its workers (32 GB 6, 16 GB 4, else 2; see
 * electron/speech/README.md, "Threads"), and never more than there are cores.
 * @param wanted 0: by the machine
 */
export function speechThreads(wanted: number, { memoryBytes, cores }: Machine): number {
  const byMemory = memoryBytes >= 32 * gigabyte * nearly ? 6 : memoryBytes >= 16 * gigabyte * nearly ? 4 : 2;
  return Math.max(1, Math.min(cores, wanted === 0 ? byMemory : wanted));
}
