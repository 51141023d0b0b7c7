/** Scans the shares periodically, one after another, and inspects the files that have settled. */
import { toArchivistError } from "../contract/errors.ts";
import type { ShareSettings } from "../contract/settings/shares.ts";
import { type ScanResult, scanShare } from "../shares/discovery/scan-share.ts";
import type { ShareMonitor } from "../shares/health/monitor.ts";
import type { ShareProbe } from "../shares/share-probe.ts";
import type { StationServices } from "../station-services.ts";
import { inspectShare } from "./inspect-share.ts";

export interface ScannerDeps {
  readonly services: StationServices;
  readonly monitor: ShareMonitor;
  readonly probe: ShareProbe;
  /** Called for each share on which recordings became ready. */
  readonly onReady?: (share: ShareSettings, count: number) => void;
}

export class Scanner {
  readonly #scanned = new Map<string, string>();
  readonly #deps: ScannerDeps;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #completedRounds = 0;

  constructor(deps: ScannerDeps) {
    this.#deps = deps;
  }

  start(): void {
    const everyMs = this.#deps.services.settings.intake.pollSeconds * 1000;
    this.#timer = setInterval(() => this.#begin(), everyMs);
    this.#begin();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#controller.abort();
    await this.#round;
  }

  /** How often all shares have been looked through since the start. */
  get completedRounds(): number {
    return this.#completedRounds;
  }

  /** Time of the latest scan of a share; undefined: none since the start. */
  getLastScan(label: string): string | undefined {
    return this.#scanned.get(label);
  }

  /** Scans one share now. @throws ArchivistError `share.*`, `tool.failed`, `interrupted` */
  async scan(share: ShareSettings): Promise<ScanResult & { readonly ready: number }> {
    const { services, probe } = this.#deps;
    const { catalog, settings, clock } = services;
    const { signal } = this.#controller;
    const { intake, cities } = settings;
    const deps = { catalog, probe, share, intake, cities: cities.members, now: clock.now(), signal };
    const result = await scanShare(deps);
    const ready = await inspectShare({ services, probe, share, signal });
    this.#scanned.set(share.label, clock.now().toISOString());
    if (ready > 0) this.#deps.onReady?.(share, ready);
    return { ...result, ready };
  }

  /** Starts a round, unless the previous one is still in progress. */
  #begin(): void {
    this.#round ??= this.#scanAll().finally(() => {
      this.#completedRounds++;
      this.#round = undefined;
    });
  }

  async #scanAll(): Promise<void> {
    const { monitor, services } = this.#deps;
    for (const share of monitor.shares) {
      if (this.#controller.signal.aborted) return;
      // Only active shares receive recordings; files on the others were moved there.
      if (share.role !== "active" || !monitor.getLatest(share.label)?.isReadable) continue;
      try {
        await this.scan(share);
      } catch (thrown) {
        const error = toArchivistError(thrown);
        if (error.code !== "interrupted") {
          services.logger.warn("a share could not be looked through", { share: share.label, code: error.code, error });
        }
      }
    }
  }
}
