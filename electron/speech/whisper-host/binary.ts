/** Where `npm run native` puts the host. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ArchivistError } from "../../contract/errors.ts";

const name = process.platform === "win32" ? "whisper-host.exe" : "whisper-host";

/** Path of the host's program, whether it is there or not. */
export const whisperHostBinary = join(import.meta.dirname, "../../../native/out/bin", name);

/** @throws ArchivistError `engine.missing` when it has not been built. */
export function requireWhisperHost(): string {
  if (!existsSync(whisperHostBinary)) throw new ArchivistError("engine.missing");
  return whisperHostBinary;
}
