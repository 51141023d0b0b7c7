/** `archivist cablecast login | check` */
import { checkCablecast } from "../../cablecast/check.ts";
import { connectCablecast, storeCredentials, storedCredentials } from "../../cablecast/connect.ts";
import { openDataFolder } from "../../config/data-folder.ts";
import { openLogs } from "../../config/logger.ts";
import { FileSecrets } from "../../config/secrets.ts";
import { readStationConfig } from "../../config/station-config.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { interruptible } from "../terminal/interruption.ts";
import { printJson, printResult } from "../terminal/print.ts";
import { readSecret } from "../terminal/read-secret.ts";
import { table } from "../terminal/table.ts";
import { userDataFolder } from "../terminal/user-paths.ts";

export interface CablecastOptions {
  readonly json?: boolean;
  readonly dataDir?: string;
}

export interface LoginOptions extends CablecastOptions {
  readonly user?: string;
  readonly forget?: boolean;
}

export async function loginCommand(options: LoginOptions): Promise<number> {
  const { folder, settings } = readStationConfig({ dataFolder: userDataFolder(options) });
  openDataFolder(folder.root);
  const secrets = new FileSecrets(folder.secretsFile);
  if (options.forget) {
    await storeCredentials(secrets, undefined);
    printResult("User and secret are forgotten.");
    return 0;
  }
  if (options.user === undefined)
    throw new ArchivistError("usage.invalid", { cause: "no user is named", remedy: "Use --user NAME." });
  const secret = await readSecret(`Secret of ${options.user}`);
  if (secret === "") throw new ArchivistError("usage.invalid", { cause: "the secret is empty" });
  await storeCredentials(secrets, { user: options.user, secret }, settings.cablecast.url);
  printResult(`Kept for ${options.user}. Try it: archivist cablecast check`);
  return 0;
}

export async function checkCommand(options: CablecastOptions): Promise<number> {
  const { folder, settings } = readStationConfig({ dataFolder: userDataFolder(options) });
  const secrets = new FileSecrets(folder.secretsFile);
  const logger = openLogs(folder.logs, settings.log.level).vod;
  const client = connectCablecast({ settings: settings.cablecast, secrets, logger });
  const user = storedCredentials(secrets)?.user ?? "";
  const steps = await interruptible((signal) => checkCablecast(client, settings.cablecast.location, user, signal));
  const isHealthy = steps.every(({ status }) => status !== "error");
  if (options.json) printJson({ healthy: isHealthy, steps });
  else {
    const rows = steps.map(({ name, status, detail, remedy }) => [
      name,
      status,
      remedy === undefined ? detail : `${detail}. ${remedy}`,
    ]);
    printResult(table(["step", "", ""], rows));
  }
  return isHealthy ? 0 : 1;
}
