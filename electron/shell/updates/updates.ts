/**
 * Updates of the program: checked for and downloaded in the background, installed on request, and never while a job
 * runs or a meeting is open; before that, the catalog is backed up and the backup read back (../README.md, "Updates").
 */
import type { AppUpdater } from "electron-updater";
import { hourMs, minuteMs } from "../../captions/time/durations.ts";
import type { Logger } from "../../config/logger.ts";
import type { UpdateNotice } from "../../contract/desktop.ts";

export interface UpdatesOptions {
  /** Loads the updater when it is first needed; undefined: the program was built without an update feed. */
  readonly updater: (() => Promise<AppUpdater>) | undefined;
  /** Asks the station to check for running jobs and open editors, and to back itself up. @returns what is in the way */
  readonly prepare: () => Promise<string | undefined>;
  /** Closes the window and stops the station. @returns false: the user stays */
  readonly stop: () => Promise<boolean>;
  /** Starts both again. */
  readonly start: () => void;
  /** An installer was downloaded. */
  readonly onDownloaded: (file: string, version: string) => void;
  readonly onState: (notice: UpdateNotice) => void;
  readonly logger: Logger;
  /** Milliseconds after which an installer that has not replaced the program has failed. */
  readonly timeoutMs?: number;
}

const firstCheckAfterMs = 2 * minuteMs;
const checkEveryMs = 6 * hourMs;
const againMs = 30_000;
const timeoutMs = 3 * minuteMs;

export class Updates {
  readonly #options: UpdatesOptions;
  #updater: AppUpdater | undefined;
  #notice: UpdateNotice;
  #isAutomatic = false;
  #checkTimer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  /** The user has requested the installation and not canceled it. */
  #isRequested = false;
  #isTrying = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#notice = { kind: options.updater === undefined ? "off" : "none" };
  }

  get notice(): UpdateNotice {
    return this.#notice;
  }

  /**
   * Turns automatic checks on or off; the first one is delayed so as not to slow down the queue's start.
   * @param isEnabled false: checks only on request
   */
  automatic(isEnabled: boolean): void {
    if (this.#options.updater === undefined || isEnabled === this.#isAutomatic) return;
    this.#isAutomatic = isEnabled;
    clearTimeout(this.#checkTimer);
    if (isEnabled) this.#checkIn(firstCheckAfterMs);
  }

  #checkIn(ms: number): void {
    this.#checkTimer = setTimeout(() => {
      void this.check().then(() => {
        if (this.#isAutomatic) this.#checkIn(checkEveryMs);
      });
    }, ms);
    this.#checkTimer.unref();
  }

  /** Checks for a newer version and downloads it. @returns the resulting state, also after a failure */
  async check(): Promise<UpdateNotice> {
    const { updater: load } = this.#options;
    if (load === undefined || "version" in this.#notice) return this.#notice;
    try {
      this.#updater ??= await load();
      const updater = this.#updater;
      const found = await updater.checkForUpdates();
      if (found?.isUpdateAvailable !== true) {
        this.#set({ kind: "none" });
        return this.#notice;
      }
      const { version } = found.updateInfo;
      this.#set({ kind: "fetching", version });
      // Not awaited: it may take long, and the caller sees that it has begun.
      void updater.downloadUpdate(found.cancellationToken).then(
        ([file]) => {
          this.#keep(file, version);
          this.#set({ kind: "ready", version });
        },
        (thrown: unknown) => this.#fail(thrown),
      );
    } catch (thrown) {
      this.#fail(thrown);
    }
    return this.#notice;
  }

  #keep(file: string | undefined, version: string): void {
    try {
      if (file !== undefined) this.#options.onDownloaded(file, version);
    } catch (error) {
      // A full disk: going back to this version will not be possible later; nothing else is lost.
      this.#options.logger.warn("the installer could not be kept", { error });
    }
  }

  /** Requests the installation: now, or as soon as nothing is in the way. */
  async install(): Promise<void> {
    this.#isRequested = true;
    const { kind } = this.#notice;
    const updater = this.#updater;
    if ((kind !== "ready" && kind !== "waiting") || this.#isTrying || updater === undefined) return;
    const { version } = this.#notice;
    this.#isTrying = true;
    clearTimeout(this.#again);
    try {
      const reason = await this.#options.prepare();
      if (!this.#isRequested) return;
      if (reason !== undefined) {
        this.#set({ kind: "waiting", version, reason });
        this.#again = setTimeout(() => void this.#retry(), againMs);
        this.#again.unref();
        return;
      }
      this.#set({ kind: "installing", version });
      await this.#replace(version, updater);
    } finally {
      this.#isTrying = false;
    }
  }

  /** The obstacle may be gone. */
  async #retry(): Promise<void> {
    if (this.#notice.kind === "waiting") await this.install();
  }

  /** The number of running jobs has changed. */
  worked(running: number): void {
    if (running === 0) void this.#retry();
  }

  /** Cancels a requested installation that is waiting. */
  postpone(): void {
    this.#isRequested = false;
    clearTimeout(this.#again);
    if (this.#notice.kind === "waiting") this.#set({ kind: "ready", version: this.#notice.version });
  }

  close(): void {
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#again);
  }

  /** Ends window and station, then the program; restarts both if the installer does not start. */
  async #replace(version: string, updater: AppUpdater): Promise<void> {
    const { stop, start, logger } = this.#options;
    if (!(await stop())) {
      this.#set({ kind: "ready", version });
      return;
    }
    const fail = (error: Error): void => {
      clearTimeout(late);
      updater.off("error", fail);
      if (this.#notice.kind !== "installing") return;
      logger.error("the update could not be installed", { error });
      start();
      this.#set({ kind: "ready", version, problem: error.message });
    };
    // Some installers report failure at once, others later; if this process is still running after minutes, it was not
    // replaced.
    const late = setTimeout(() => fail(new Error("the installer did not start")), this.#options.timeoutMs ?? timeoutMs);
    late.unref();
    updater.on("error", fail);
    updater.quitAndInstall(false, true);
  }

  #fail(thrown: unknown): void {
    const reason = thrown instanceof Error ? (thrown.message.split("\n")[0] ?? "") : String(thrown);
    this.#options.logger.warn("no update", { reason });
    this.#set({ kind: "failed", reason });
  }

  #set(notice: UpdateNotice): void {
    this.#notice = notice;
    this.#options.onState(notice);
  }
}
