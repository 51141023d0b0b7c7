/** Checks all shares at an interval, independently of each other, and keeps the latest health of each. */
import type { Logger } from "../../config/logger.ts";
import { exponentialBackoffMs } from "../../contract/backoff.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { ShareSettings } from "../../contract/settings/shares.ts";
import type { Clock } from "../../platform/clock.ts";
import { TypedEvents } from "../../platform/typed-events.ts";
import type { ShareProbe } from "../share-probe.ts";
import { judgeShare, type Marks, type ShareHealth } from "./judge.ts";

export interface MonitorOptions {
  readonly shares: readonly ShareSettings[];
  readonly probe: ShareProbe;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly marks: Marks;
  /** Milliseconds between two checks. */
  readonly everyMs: number;
  /** Milliseconds until a share that did not respond is checked again; doubles each time. */
  readonly againMs?: number;
}

/** The condition of a share has changed. */
export interface ShareHealthChange {
  readonly now: ShareHealth;
  /** Undefined at the first check. */
  readonly before: ShareHealth | undefined;
}

export interface ShareMonitorEvents {
  readonly healthChanged: ShareHealthChange;
}

const soonMs = 5_000;

export class ShareMonitor {
  readonly events: TypedEvents<ShareMonitorEvents>;
  readonly #options: MonitorOptions;
  readonly #known = new Map<string, ShareHealth>();
  /** Checks that have not returned: a share that hangs gets no second process. */
  readonly #checksInProgress = new Map<string, Promise<ShareHealth>>();
  #timer: NodeJS.Timeout | undefined;
  /** Earlier checks that are scheduled for shares that did not respond. */
  readonly #soon = new Map<string, { readonly timer: NodeJS.Timeout | undefined; readonly attempt: number }>();

  constructor(options: MonitorOptions) {
    this.#options = options;
    // A listener may fail (a full disk) without making the check fail.
    this.events = new TypedEvents((error) => {
      options.logger.error("the reaction to a change of a share has failed", { error });
    });
  }

  start(): void {
    void this.checkAll();
    this.#timer = setInterval(() => void this.checkAll(), this.#options.everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const { timer } of this.#soon.values()) clearTimeout(timer);
    this.#soon.clear();
  }

  /**
   * Jobs wait for a share that does not respond, and often it was only slow once: it is checked again after a few
   * seconds, then after twice as long, until the usual interval is reached.
   */
  #checkAgainSoon(share: ShareSettings, health: ShareHealth): void {
    const before = this.#soon.get(share.label);
    clearTimeout(before?.timer);
    if (health.isReadable || this.#timer === undefined) {
      this.#soon.delete(share.label);
      return;
    }
    const attempt = (before?.attempt ?? 0) + 1;
    const afterMs = exponentialBackoffMs({ attempt, firstMs: this.#options.againMs ?? soonMs });
    const timer = afterMs < this.#options.everyMs ? setTimeout(() => void this.check(share), afterMs) : undefined;
    this.#soon.set(share.label, { timer, attempt });
  }

  get shares(): readonly ShareSettings[] {
    return this.#options.shares;
  }

  /** The result of a share's latest check; undefined when it was never checked. */
  getLatest(label: string): ShareHealth | undefined {
    return this.#known.get(label);
  }

  all(): readonly ShareHealth[] {
    return this.#options.shares.flatMap(({ label }) => this.#known.get(label) ?? []);
  }

  checkAll(): Promise<readonly ShareHealth[]> {
    return Promise.all(this.#options.shares.map((share) => this.check(share)));
  }

  /** Checks one share now; returns the check in progress if there is one. */
  check(share: ShareSettings): Promise<ShareHealth> {
    const underWay = this.#checksInProgress.get(share.label);
    if (underWay !== undefined) return underWay;
    const check = this.#checkShare(share).finally(() => this.#checksInProgress.delete(share.label));
    this.#checksInProgress.set(share.label, check);
    return check;
  }

  async #checkShare(share: ShareSettings): Promise<ShareHealth> {
    const { probe, marks, clock } = this.#options;
    let problem: string | undefined;
    const report = await probe.check(share.path, share.role !== "spare").catch((thrown: unknown) => {
      const error = toArchivistError(thrown);
      problem = `${error.message}. ${error.remedy}`;
      return "hung" as const;
    });
    const judged = judgeShare(share, report, marks, clock.now().toISOString());
    const health = problem === undefined ? judged : { ...judged, message: problem };
    const before = this.#known.get(share.label);
    this.#known.set(share.label, health);
    if (before?.condition !== health.condition) this.events.emit("healthChanged", { now: health, before });
    this.#checkAgainSoon(share, health);
    return health;
  }
}
