/**
 * New versions of the program: looked for and fetched quietly, installed when somebody says so, and never while a job
 * runs or a meeting is open; the catalog is backed up, and the backup read back, before (../README.md, "Updates").
 */

import type { AppUpdater } from "electron-updater";
import { hourMs, minuteMs } from "../../captions/time/durations.ts";
import type { Logger } from "../../config/logger.ts";
import type { UpdateNotice } from "../../contract/desktop.ts";

export interface UpdatesOptions {
  /** What fetches and installs, asked for when it is first needed; undefined: nothing that updates come from was built in. */
  readonly updater: (() => Promise<AppUpdater>) | undefined;
  /** Asks the station whether nothing runs and nobody corrects, and has it back itself up. @returns what is in the way */
  readonly prepare: () => Promise<string | undefined>;
  /** Window and station end. @returns false: somebody stays */
  readonly stop: () => Promise<boolean>;
  /** Both are there again. */
  readonly start: () => void;
  /** An installer has come. */
  readonly onDownloaded: (file: string, version: string) => void;
  readonly onState: (notice: UpdateNotice) => void;
  readonly logger: Logger;
  /** The program has ended by then, or the installer has not begun. */
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
  /** Somebody wants it, and has not taken that back. */
  #isRequested = false;
  #isTrying = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#notice = { kind: options.updater === undefined ? "off" : "none" };
  }

  get notice(): UpdateNotice {
    return this.#notice;
  }

  /** Looks by itself from now on, and not at once: the start is for the queue. @param isWished false: only when asked */
  automatic(isWished: boolean): void {
    if (this.#options.updater === undefined || isWished === this.#isAutomatic) return;
    this.#isAutomatic = isWished;
    clearTimeout(this.#checkTimer);
    if (isWished) this.#checkIn(firstCheckAfterMs);
  }

  #checkIn(ms: number): void {
    this.#checkTimer = setTimeout(() => {
      void this.check().then(() => {
        if (this.#isAutomatic) this.#checkIn(checkEveryMs);
      });
    }, ms);
    this.#checkTimer.unref();
  }

  /** Asks whether there is a newer version, and fetches it. @returns how that stands, also where it went wrong */
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
      // Not waited for: it may take long, and whoever has asked sees that it has begun.
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
      // A full disk: the version after this one cannot be gone back from, and that is all.
      this.#options.logger.warn("the installer could not be kept", { error });
    }
  }

  /** Somebody wants it installed: now, or as soon as nothing is in the way. */
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

  /** What was in the way may be gone. */
  async #retry(): Promise<void> {
    if (this.#notice.kind === "waiting") await this.install();
  }

  /** The work is other than before. */
  worked(running: number): void {
    if (running === 0) void this.#retry();
  }

  /** Somebody does not want to wait for it any more. */
  postpone(): void {
    this.#isRequested = false;
    clearTimeout(this.#again);
    if (this.#notice.kind === "waiting") this.#set({ kind: "ready", version: this.#notice.version });
  }

  close(): void {
    clearTimeout(this.#checkTimer);
    clearTimeout(this.#again);
  }

  /** Window and station end, then the program; where the installer does not start, all goes on as it was. */
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
    // Some installers say so at once, others in a while; and whoever is still here after minutes was not replaced.
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
