/** `archivist secrets change-key` */
import { lockInstance } from "../../catalog/instance-lock.ts";
import { openDataFolder } from "../../config/data-folder.ts";
import { FileSecrets } from "../../config/secrets.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { secretKeyVariable } from "../../contract/settings.ts";
import type { QueueOptions } from "../queue/open.ts";
import { printJson, printResult } from "../terminal/print.ts";
import { readSecret } from "../terminal/read-secret.ts";
import { userDataFolder } from "../terminal/user-paths.ts";

/** Shorter ones can be guessed by whoever has the file. */
const minKeyLength = 16;

export async function changeKeyCommand(options: QueueOptions): Promise<number> {
  const { folder } = readStationConfig({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  // A station that runs would go on with the old key.
  const lock = lockInstance(folder.lockFile, "archivist secrets change-key");
  try {
    const secrets = new FileSecrets(folder.secretsFile);
    const text = secrets.hasGivenKey ? await readNewKey() : undefined;
    const count = await secrets.changeKey(text);
    if (options.json) printJson({ secrets: count, key: text === undefined ? "file" : "environment" });
    else printResult(`The key was changed. Secrets that it protects: ${count}.`);
    if (text !== undefined && !options.json) {
      printResult(`Set ${secretKeyVariable} to the new key before Archivist is started again.`);
    }
    return 0;
  } finally {
    lock.release();
  }
}

async function readNewKey(): Promise<string> {
  const text = await readSecret(`New key, for ${secretKeyVariable}`);
  if (text.length >= minKeyLength) return text;
  throw new ArchivistError("usage.invalid", {
    cause: "the new key is too short",
    remedy: `Give at least ${minKeyLength} characters, such as those of: openssl rand -base64 32`,
  });
}
