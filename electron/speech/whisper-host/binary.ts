/** Path of the whisper-host program that `npm run native` builds. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { outsideArchive } from "../../platform/shipped-files.ts";

const name = process.platform === "win32" ? "whisper-host.exe" : "whisper-host";

/** Path of the whisper-host program, whether it exists or not. */
export const whisperHostBinary = outsideArchive(join(import.meta.dirname, "../../../native/out/bin", name));

/** True when it has been built. */
export function hasWhisperHost(): boolean {
  return existsSync(whisperHostBinary);
}
