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
import { type FactsProblem, judgeReleaseFacts } from "./release-facts.ts";
import { isSigned } from "./signed-text.ts";

interface ProviderDeps {
  readonly seen: SeenSequence;
  readonly now: () => Date;
}

class UnsignedUpdate extends Error {
  constructor() {
    super("the update server offers something that was not signed by the makers of Archivist: it was left alone");
  }
}

/** Signed by the makers, and still nothing to go by. */
class HeldBackUpdate extends Error {
  constructor(problem: FactsProblem) {
    super(
      problem === "expired"
        ? "the update server's list of versions is out of date: nobody can tell whether there is a newer one"
        : "the update server offers a list of versions that is not the newest, or not for this program: it was left alone",
    );
  }
}

/** The highest sequence number of a manifest that was seen; it outlives the program's end. */
export interface SeenSequence {
  value: number;
}

class SignedProvider extends updaters.Provider<UpdateInfo> {
  readonly #feed: UpdateFeed & ProviderDeps;
  readonly #base: URL;

  /** Called by electron-updater. @param options with `url` and `keys` of the feed */
  constructor(options: object, _updater: unknown, runtimeOptions: ProviderRuntimeOptions) {
    super(runtimeOptions);
    this.#feed = options as UpdateFeed & ProviderDeps;
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
    const info = providers.parseUpdateInfo(text, name, address);
    const { seen, now } = this.#feed;
    const facts = judgeReleaseFacts(info, { asked: name, seen: seen.value, now: now() });
    if (typeof facts === "string") throw new HeldBackUpdate(facts);
    seen.value = facts.sequence;
    return info;
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
  seen: SeenSequence,
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
  updater.setFeedURL({
    provider: "custom",
    updateProvider: SignedProvider,
    seen,
    now: () => new Date(),
    ...feed,
  } as never);
  return updater;
}
