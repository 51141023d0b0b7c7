/** The machine's resources that determine how much work it can do. */
import { availableParallelism, totalmem } from "node:os";

export interface Machine {
  /** Maximum memory of this process, in bytes. */
  readonly memoryBytes: number;
  /** Processors that this process may run on. */
  readonly cores: number;
}

/** This machine, or the container that it runs in. */
export function thisMachine(): Machine {
  // 0 or an absurdly large number when there is no limit.
  const constrained = process.constrainedMemory();
  const memoryBytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return { memoryBytes, cores: availableParallelism() };
}

const gigabyte = 1024 ** 3;
/** A machine sold with 32 GB reports slightly less, because the firmware reserves some. */
const nearly = 0.9;

/**
 * Number of threads for speech recognition: by memory, as in the legacy product's workers (32 GB 6, 16 GB 4, else 2;
 * see electron/speech/README.md, "Threads"), and never more than there are cores.
 * @param wanted 0: determined by the machine
 */
export function speechThreads(wanted: number, { memoryBytes, cores }: Machine): number {
  const byMemory = memoryBytes >= 32 * gigabyte * nearly ? 6 : memoryBytes >= 16 * gigabyte * nearly ? 4 : 2;
  return Math.max(1, Math.min(cores, wanted === 0 ? byMemory : wanted));
}
