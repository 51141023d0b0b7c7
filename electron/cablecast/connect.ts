/** Creates a Cablecast client from the settings and the secret store. */
import type { Logger } from "../config/logger.ts";
import type { SecretStore } from "../config/secrets.ts";
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import { CablecastClient } from "./client/client.ts";
import { CablecastHttp, type Credentials } from "./client/http.ts";

const secretName = "cablecast";

/** Reads the credentials for the Cablecast server; undefined when none are stored. @throws ArchivistError `secret.*` */
export function storedCredentials(secrets: SecretStore): Credentials | undefined {
  const stored = secrets.get(secretName);
  if (stored === undefined) return undefined;
  const { user, secret } = JSON.parse(stored) as Credentials;
  return { user, secret };
}

/** Stores or deletes the credentials. @param credentials undefined: delete them */
export function storeCredentials(secrets: SecretStore, credentials: Credentials | undefined): Promise<void> {
  return secrets.set(secretName, credentials === undefined ? undefined : JSON.stringify(credentials));
}

export interface ConnectOptions {
  readonly settings: Settings["cablecast"];
  readonly secrets: SecretStore;
  readonly logger: Logger;
}

/** Creates the client. @throws ArchivistError `cablecast.not-configured`, `secret.*` */
export function connectCablecast({ settings, secrets, logger }: ConnectOptions): CablecastClient {
  const credentials = storedCredentials(secrets);
  if (settings.url === null) {
    throw new ArchivistError("cablecast.not-configured", {
      cause: "the address of the Cablecast server is not set",
      remedy: "Set cablecast.url in the settings.",
    });
  }
  if (credentials === undefined) {
    throw new ArchivistError("cablecast.not-configured", {
      cause: "it is not known who may use the Cablecast server",
      remedy: "Run `archivist cablecast login`.",
    });
  }
  return new CablecastClient(
    new CablecastHttp({
      url: settings.url,
      credentials,
      timeoutMs: settings.timeoutSeconds * 1000,
      attempts: settings.attempts,
      retryMs: settings.retrySeconds * 1000,
      logger,
    }),
  );
}
