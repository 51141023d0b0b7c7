/** The last step of the demo: publishes the sample meeting on the practice station and reads it back. */
import { storeCredentials } from "../../cablecast/connect.ts";
import { practiceCredentials, startEmulator } from "../../cablecast/emulator/emulator.ts";
import { listPublishableByPrefix } from "../../catalog/repositories/publishing.ts";
import type { SecretStore } from "../../config/secrets.ts";
import { ArchivistError } from "../../contract/errors.ts";
import type { PublishOutcome } from "../../contract/publishing.ts";
import { publish } from "../../publishing/publish.ts";
import type { Station } from "../../station.ts";
import { practiceFolder } from "../publishing/emulate.ts";

/**
 * Secrets in memory only: the practice station's credentials are in its documentation, so nothing is written to disk.
 */
function memorySecrets(): SecretStore {
  const values = new Map<string, string>();
  return {
    get: (name) => values.get(name),
    set: async (name, value) => {
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    },
  };
}

/** The day of the sample meeting, which its file does not say: nothing is published without one. */
const sampleDate = "2026-03-02";

/** @throws ArchivistError `publish.*`, `cablecast.*`, `interrupted` */
export async function publishDemo(
  { services, catalog, folder }: Station,
  transcriptionId: string,
  signal: AbortSignal,
): Promise<PublishOutcome> {
  const [row] = listPublishableByPrefix(catalog, transcriptionId);
  if (row === undefined) throw new ArchivistError("publish.unknown", { subject: transcriptionId });
  const { ffmpeg, ffprobe } = await services.mediaTools();
  const tools = { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path };
  const emulator = await startEmulator({ folder: practiceFolder(folder), tools, isLasting: true });
  try {
    const secrets = memorySecrets();
    await storeCredentials(secrets, practiceCredentials);
    const settings = {
      ...services.settings,
      publishing: { ...services.settings.publishing, needsApproval: false, target: "cablecast" as const },
      cablecast: {
        ...services.settings.cablecast,
        url: emulator.url,
        location: 1,
        contentFolder: emulator.content,
        sidecar: "share" as const,
        fileStore: null,
        pollSeconds: 0.05,
        watchableMinutes: 1,
        captionsMinutes: 1,
      },
    };
    return await publish({ ...services, settings, secrets }, row, { date: sampleDate }, () => undefined, signal);
  } finally {
    await emulator.close();
  }
}
