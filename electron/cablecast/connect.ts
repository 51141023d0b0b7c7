/** Creates a Cablecast client from the settings and the secret store. */
import type { Logger } from "../config/logger.ts";
import type { SecretStore } from "../config/secrets.ts";
import { ArchivistError } from "../contract/errors.ts";
import { getOrigin } from "../contract/settings/address.ts";
import type { Settings } from "../contract/settings.ts";
import { CablecastClient } from "./client/client.ts";
import { CablecastHttp, type Credentials } from "./client/http.ts";

const secretName = "cablecast";

/** Credentials, and the server that they were given for: no other one may see them. */
interface StoredCredentials extends Credentials {
  /** Undefined: they were stored before the address was known; they belong to the one in the settings. */
  readonly origin?: string | undefined;
}

/** Reads the credentials for the Cablecast server; undefined when none are stored. @throws ArchivistError `secret.*` */
export function storedCredentials(secrets: SecretStore): StoredCredentials | undefined {
  const stored = secrets.get(secretName);
  if (stored === undefined) return undefined;
  const { user, secret, origin } = JSON.parse(stored) as StoredCredentials;
  return { user, secret, origin };
}

/**
 * Stores or deletes the credentials.
 * @param credentials undefined: delete them
 * @param url of the server that they are for; undefined: the one in the settings, from the next start on
 */
export function storeCredentials(
  secrets: SecretStore,
  credentials: Credentials | undefined,
  url?: string | null,
): Promise<void> {
  const origin = url == null ? undefined : getOrigin(url);
  return secrets.set(secretName, credentials === undefined ? undefined : JSON.stringify({ ...credentials, origin }));
}

/** Binds credentials that were stored without an address to the one in the settings. @throws ArchivistError `secret.*` */
export async function bindCredentials(secrets: SecretStore, url: string | null): Promise<void> {
  const stored = storedCredentials(secrets);
  if (stored !== undefined && stored.origin === undefined && url !== null) await storeCredentials(secrets, stored, url);
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
  if (credentials.origin !== undefined && credentials.origin !== getOrigin(settings.url)) {
    throw new ArchivistError("cablecast.not-configured", {
      cause: `user and secret were given for ${credentials.origin}, and are not shown to another server`,
      remedy: "Give the user and secret of this server: on the Cablecast screen, or with `archivist cablecast login`.",
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
