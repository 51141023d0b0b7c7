/**
 * Manifests of updates as electron-updater reads them, and only those that were signed by one of our keys. Version 6 of
 * it trusts whatever its server says; its version 7 will check signatures itself (../README.md, "Updates").
 */
// Its parts by the default export: of the names, Node finds only some in CommonJS, and this platform's updater is made
// when it is first asked for.
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

  /** As electron-updater calls it. @param options with `url` and `keys` of the feed */
  constructor(options: object, _updater: unknown, runtimeOptions: ProviderRuntimeOptions) {
    super(runtimeOptions);
    this.#feed = options as UpdateFeed;
    this.#base = new URL(this.#feed.url.replace(/\/*$/, "/"));
  }

  /** @throws UnsignedUpdate, and what the network throws */
  override async getLatestVersion(): Promise<UpdateInfo> {
    const name = `${this.getDefaultChannelName()}.yml`;
    const address = new URL(name, this.#base);
    const text = await this.httpRequest(address);
    const signatures = await this.httpRequest(new URL(`${name}.sig`, this.#base));
    if (text === null || signatures === null || !isSigned(text, signatures, this.#feed.keys))
      throw new UnsignedUpdate();
    return providers.parseUpdateInfo(text, name, address);
  }

  /** Beside the manifest, and nowhere else. */
  override resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    return files.map((info) => {
      const url = new URL(info.url, this.#base);
      if (url.origin !== this.#base.origin) throw new UnsignedUpdate();
      // Without its hash nobody could say that it is the one that was signed.
      if (typeof info.sha512 !== "string" || info.sha512 === "") throw new UnsignedUpdate();
      return { url, info };
    });
  }
}

/**
 * The updater of this platform, and of how the program was installed; it does what it is told and nothing in passing.
 * @param updater another one than this platform's
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
  // Fetched when it was looked for, installed when somebody says so: not when the program happens to end.
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  // What is old was signed, too.
  updater.allowDowngrade = false;
  // Its promises tell as well; an emitter that nobody hears would throw.
  updater.on("error", () => undefined);
  updater.setFeedURL({ provider: "custom", updateProvider: SignedProvider, ...feed } as never);
  return updater;
}
