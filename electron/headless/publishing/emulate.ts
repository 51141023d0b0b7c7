/** `archivist cablecast emulate`: runs a Cablecast server to practice on. */
import { join } from "node:path";
import { type Emulator, practiceCredentials, startEmulator } from "../../cablecast/emulator/emulator.ts";
import { type DataFolder, openDataFolder } from "../../config/data-folder.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { findMediaTools } from "../../media/tools.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printable, printJson, printResult } from "../terminal/print.ts";
import { userDataFolder } from "../terminal/user-paths.ts";
import type { CablecastOptions } from "./connection.ts";

export interface EmulateOptions extends CablecastOptions {
  readonly port?: number;
  /** Open the practice station in the browser: the page of what was published last, otherwise its home page. */
  readonly open?: boolean;
}

export async function emulateCommand(options: EmulateOptions): Promise<number> {
  const { folder, settings } = readStationConfig({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  const { ffmpeg, ffprobe } = await findMediaTools(settings.media);
  const emulator = await startEmulator({
    folder: practiceFolder(folder),
    tools: { ffmpeg: ffmpeg.path, ffprobe: ffprobe.path },
    isLasting: true,
    ...(options.port === undefined ? {} : { port: options.port }),
  });
  const { user, secret } = practiceCredentials;
  if (options.json) printJson({ url: emulator.url, content: emulator.content, user, secret });
  else {
    printResult(`A Cablecast server to practice on: ${emulator.url}`);
    printResult(`  user ${user}, secret ${secret}; its content drive is ${printable(emulator.content)}`);
    printResult("Ctrl-C ends it; what was done is there at the next start.");
  }
  if (options.open) await openInBrowser(emulator.url + formatPage(emulator));
  await interruptible(
    (signal) => new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true })),
  );
  await emulator.close();
  return 0;
}

/** Folder in which the practice station of a data folder keeps its state. */
export const practiceFolder = ({ root }: Pick<DataFolder, "root">): string => join(root, "practice-station");

function formatPage({ tables }: Emulator): string {
  const newest = tables.all("vods").toSorted((a, b) => b.id - a.id)[0];
  return newest === undefined ? "/" : `/internetchannel/show/${String(newest.show)}`;
}
