/** An emulated Cablecast server and a client of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { CablecastClient } from "../../../electron/cablecast/client/client.ts";
import { CablecastHttp, type HttpOptions } from "../../../electron/cablecast/client/http.ts";
import { type Emulator, practiceCredentials, startEmulator } from "../../../electron/cablecast/emulator/emulator.ts";
import { silentLogger } from "../station/silent-logger.ts";

export async function testEmulator(): Promise<Emulator> {
  const folder = mkdtempSync(join(tmpdir(), "archivist-cablecast-"));
  const emulator = await startEmulator({ folder, tools: { ffmpeg: "ffmpeg", ffprobe: "ffprobe" } });
  onTestFinished(async () => {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return emulator;
}

export function createClient({ url }: Pick<Emulator, "url">, options: Partial<HttpOptions> = {}): CablecastClient {
  return new CablecastClient(
    new CablecastHttp({
      url,
      credentials: practiceCredentials,
      timeoutMs: 60_000,
      attempts: 3,
      retryMs: 1,
      logger: silentLogger,
      ...options,
    }),
  );
}
