/**
 * Users and secrets that belong to addresses in the settings. They are in the secret store, each bound to the scheme, host
 * and port that it was given for; `Settings` never has one. Where they cannot be stored, they stay in the settings file.
 */
import { z } from "zod";
import { type AddressCredentials, getOrigin, joinCredentials, splitCredentials } from "../contract/settings/address.ts";
import { declareSettings, type SettingDeclaration } from "../contract/settings.ts";
import type { DataFolder } from "./data-folder.ts";
import { FileSecrets, type SecretStore } from "./secrets.ts";
import { getSetting, putSetting } from "./setting-tree.ts";
import { readSettingsFile, writeSettingsFile } from "./settings.ts";

export interface SettingCredentialsDeps {
  readonly settingsFile: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly secrets: SecretStore;
}

const storedSchema = z.object({ origin: z.string(), user: z.string(), secret: z.string() });

const withCredentials: readonly SettingDeclaration[] = declareSettings().filter((each) => each.mayHoldCredentials);
const getStoreName = (key: string): string => `setting ${key}`;

export class SettingCredentials {
  readonly #deps: SettingCredentialsDeps;

  constructor(deps: SettingCredentialsDeps) {
    this.#deps = deps;
  }

  /**
   * The address with user and secret, for whoever connects to it; it must not be logged or given back.
   * @param address as the settings have it
   */
  complete(key: string, address: string): string {
    const credentials = this.#find(key, address);
    return credentials === undefined ? address : joinCredentials(address, credentials);
  }

  /** The user who signs in at an address; undefined: nobody does. */
  findUser(key: string, address: string): string | undefined {
    return this.#find(key, address)?.user;
  }

  /**
   * Stores what belongs to an address, or forgets it: credentials for another address are worth nothing for this one.
   * @param value of the setting, possibly with credentials in it
   * @returns the value without them
   * @throws ArchivistError `secret.*`
   */
  async keep(key: string, value: unknown): Promise<unknown> {
    const { address, credentials } =
      typeof value === "string" ? splitCredentials(value) : { address: value, credentials: undefined };
    const { secrets } = this.#deps;
    const origin = typeof address === "string" ? getOrigin(address) : undefined;
    if (credentials !== undefined && origin !== undefined) {
      await secrets.set(getStoreName(key), JSON.stringify({ origin, ...credentials }));
    } else if (origin === undefined || this.#stored(key)?.origin !== origin) {
      if (this.#has(key)) await secrets.set(getStoreName(key), undefined);
    }
    return address;
  }

  /**
   * Moves credentials that somebody has written into the settings file to the secret store.
   * @throws ArchivistError `secret.*`, `disk.full`; the file is as it was then
   */
  async moveFromFile(): Promise<void> {
    const tree = readSettingsFile(this.#deps.settingsFile);
    let isChanged = false;
    for (const { key } of withCredentials) {
      const value = getSetting(tree, key);
      if (typeof value !== "string" || splitCredentials(value).credentials === undefined) continue;
      putSetting(tree, key, await this.keep(key, value));
      isChanged = true;
    }
    if (isChanged) await writeSettingsFile(this.#deps.settingsFile, tree);
  }

  /** The environment overrides the file, which overrides what is stored. */
  #find(key: string, address: string): AddressCredentials | undefined {
    const { environment, settingsFile } = this.#deps;
    const variable = withCredentials.find((each) => each.key === key)?.variable ?? "";
    for (const text of [environment[variable], getSetting(readSettingsFile(settingsFile), key)]) {
      if (typeof text !== "string") continue;
      const split = splitCredentials(text.trim());
      if (split.address === address && split.credentials !== undefined) return split.credentials;
    }
    const stored = this.#stored(key);
    return stored === undefined || stored.origin !== getOrigin(address) ? undefined : stored;
  }

  /** What cannot be decrypted any more counts as not stored: nobody signs in with it, and it can be given again. */
  #stored(key: string): z.infer<typeof storedSchema> | undefined {
    try {
      const text = this.#deps.secrets.get(getStoreName(key));
      return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  #has(key: string): boolean {
    try {
      return this.#deps.secrets.get(getStoreName(key)) !== undefined;
    } catch {
      return true;
    }
  }
}

/** For commands that open no station. */
export const openCredentials = ({ settingsFile, secretsFile }: DataFolder): SettingCredentials =>
  new SettingCredentials({ settingsFile, environment: process.env, secrets: new FileSecrets(secretsFile) });
