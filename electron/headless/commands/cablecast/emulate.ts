/** `archivist cablecast emulate`: a Cablecast server to practise on. */
import { join } from "node:path";
import { practiceCredentials, startEmulator } from "../../../cablecast/emulator/emulator.ts";
import { openDataFolder } from "../../../lib/data-folder.ts";
import { lookAtStation } from "../../../lib/station-place.ts";
import { findMediaTools } from "../../../media/tools.ts";
import { interruptible } from "../../interruption.ts";
import { printable, printJson, printResult } from "../../print.ts";
import { userDataFolder } from "../../user-paths.ts";
import type { CablecastOptions } from "./connection.ts";

export interface EmulateOptions extends CablecastOptions {
  readonly port?: number;
}

export async function emulateCommand(options: EmulateOptions): Promise<number> {
  const { folder, settings } = lookAtStation({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  const { ffmpeg, ffprobe } = await findMediaTools(settings.media);
  const emulator = await startEmulator({
    folder: join(folder.root, "practice-station"),
    tools: { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path },
    isLasting: true,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const { user, secret } = practiceCredentials;
  if (options.json) printJson({ url: emulator.url, content: emulator.content, user, secret });
  else {
    printResult(`A Cablecast server to practise on: ${emulator.url}`);
    printResult(`  user ${user}, secret ${secret}; its content drive is ${printable(emulator.content)}`);
    printResult("Ctrl-C ends it; what was done is there at the next start.");
  }
  await interruptible(
    (signal) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
  );
  await emulator.close();
  return 0;
}
