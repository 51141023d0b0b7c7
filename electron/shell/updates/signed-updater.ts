/**
 * Fetches update manifests for electron-updater and accepts only those signed by one of our keys. electron-updater 6
 * trusts whatever its server sends; version 7 will check signatures itself (../README.md, "Updates").
 */
// Default import: Node finds only some of the named exports of CommonJS, and this platform's updater is created on
// first access.
import updaters, { type AppUpdater, type ResolvedUpdateFileInfo, type UpdateInfo } from "electron-updater";
import providers, { type ProviderRuntimeOptions } from "electron-updater/out/providers/Provider.js";
import type { Logger } from "../../config/logger.ts";
import type { UpdateFeed } from "./feed.ts";
import { isSigned } from "./signed-text.ts";

class UnsignedUpdate extends Error {
  constructor() {
    super("the update server offers something that was not signed by the makers of Archivist: it was left alone");
  }
}

class SignedProvider extends updaters.Provider<UpdateInfo> {
  readonly #feed: UpdateFeed;
  readonly #base: URL;

  /** Called by electron-updater. @param options with `url` and `keys` of the feed */
  constructor(options: object, _updater: unknown, runtimeOptions: ProviderRuntimeOptions) {
    super(runtimeOptions);
    this.#feed = options as UpdateFeed;
    this.#base = new URL(this.#feed.url.replace(/\/*$/, "/"));
  }

  /** @throws UnsignedUpdate, and network errors */
  override async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`;
    const address = new URL(name, this.#base);
    const text = await this.httpRequest(address);
    const signatures = await this.httpRequest(new URL(`${name}.sig`, this.#base));
    if (text === null || signatures === null || !isSigned(text, signatures, this.#feed.keys))
      throw new UnsignedUpdate();
    return providers.parseUpdateInfo(text, name, address);
  }

  /** Only files beside the manifest are accepted. */
  override resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => {
      const url = new URL(info.url, this.#base);
      if (url.origin !== this.#base.origin) throw new UnsignedUpdate();
      // Without its hash, the file could not be tied to the signed manifest.
      if (typeof info.sha512 !== "string" || info.sha512 === "") throw new UnsignedUpdate();
      return { url, info };
    });
  }
}

/**
 * Creates the updater for this platform and type of installation; it acts only when called.
 * @param updater replaces this platform's
 */
export function signedUpdater(
  feed: UpdateFeed,
  logger: Logger,
  updater: AppUpdater = updaters.autoUpdater,
): AppUpdater {
  const send =
    (level: "debug" | "warn") =>
    (text: unknown): void =>
      logger[level]("updates", { text: text instanceof Error ? text.message : text });
  updater.logger = { info: send("debug"), warn: send("warn"), error: send("warn") };
  // Downloaded after a check and installed on request, not when the program happens to end.
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  // Old versions carry valid signatures, too.
  updater.allowDowngrade = false;
  // Errors also reject its promises; an `error` event without a listener would throw.
  updater.on("error", () => undefined);
  updater.setFeedURL({ provider: "custom", updateProvider: SignedProvider, ...feed } as never);
  return updater;
}
