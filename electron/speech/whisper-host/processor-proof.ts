/** Where whisper-host remembers which instructions of this processor work. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The file, beside the engines that are built on this machine. Their folder is made where there is a data folder; without
 * one the host tries the processor at each start.
 */
export function processorProofFile(enginesFolder: string): string {
  if (existsSync(dirname(enginesFolder))) mkdirSync(enginesFolder, { recursive: true });
  return join(enginesFolder, "processor.json");
}
