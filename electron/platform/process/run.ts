/** Runs a short program to its end and returns its output. */
import { ArchivistError } from "../../contract/errors.ts";
import { OwnedProcess, type OwnedProcessOptions, type ProcessExit } from "./owned-process.ts";

export interface RunResult extends ProcessExit {
  readonly stdout: string;
  readonly stderr: readonly string[];
}

/**
 * Runs a program and collects its standard output, up to `maxBytes`.
 * @throws ArchivistError `tool.failed` when it prints more than that, `interrupted` when the signal was aborted.
 */
export async function run(
  options: Omit<OwnedProcessOptions, "stdin"> & { readonly maxBytes?: number },
): Promise<RunResult> {
  const limit = options.maxBytes ?? 16 * 1024 * 1024;
  const child = new OwnedProcess(options);
  const parts: Buffer[] = [];
  let size = 0;
  child.stdout.on("data", (bytes: Buffer) => {
    child.touch();
    size += bytes.length;
    if (size > limit) void child.stop();
    else parts.push(bytes);
  });
  const exit = await child.exit;
  if (options.signal?.aborted) throw new ArchivistError("interrupted");
  if (size > limit) {
    throw new ArchivistError("tool.failed", { cause: `${options.name} printed more than it ever should` });
  }
  return { ...exit, stdout: Buffer.concat(parts).toString("utf8"), stderr: [...child.stderrTail()] };
}
