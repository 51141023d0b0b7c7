/**
 * The health of the services that the station depends on. Each service is really asked, on its own: at intervals, and
 * when somebody wants to know and the last answer is old. A caller never waits longer than its patience: whatever has
 * not answered by then is reported as it was last known.
 */
import { minuteMs, secondMs } from "../captions/time/durations.ts";
import type { Logger } from "../config/logger.ts";
import { toArchivistError } from "../contract/errors.ts";
import { type ServiceName, type ServiceStatus, serviceNames } from "../contract/services.ts";
import type { Clock } from "../platform/clock.ts";

/** What asking a service found. */
export interface ServiceFinding {
  readonly status: Exclude<ServiceStatus, "unknown">;
  readonly detail: string;
  /** What to do about a problem. */
  readonly remedy?: string | undefined;
}

export interface ServiceHealth extends Omit<ServiceFinding, "status"> {
  readonly name: ServiceName;
  readonly status: ServiceStatus;
  /** When it last answered, or did not answer in time; undefined: not since the station was opened. */
  readonly checkedDate: string | undefined;
  /** When it was last right, also before the station was opened; undefined: never. */
  readonly rightDate: string | undefined;
}

export interface ServiceCheck {
  /** Asks the service. What it throws is reported as an error of the service. */
  readonly ask: (signal: AbortSignal) => Promise<ServiceFinding> | ServiceFinding;
  /** How long an answer holds, in milliseconds; 0: it is asked each time. */
  readonly freshMs: number;
}

/** Remembers across restarts when a service was last right. */
export interface RightDates {
  readonly get: (name: ServiceName) => string | undefined;
  readonly set: (name: ServiceName, date: string) => void;
}

export interface HealthMonitorOptions {
  readonly checks: Readonly<Record<ServiceName, ServiceCheck>>;
  readonly rightDates: RightDates;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Milliseconds after which a service that has not answered counts as wrong. */
  readonly deadlineMs?: number;
  /** Milliseconds that a caller waits at most. */
  readonly patienceMs?: number;
}

interface Known {
  readonly finding: ServiceFinding;
  readonly checkedDate: string;
  /** Of the monotonic clock. */
  readonly atMs: number;
}

/** A question that a service has not answered yet. After its deadline (aborted) nobody waits for it. */
interface Question {
  readonly settled: Promise<void>;
  readonly controller: AbortController;
}

const everyMs = minuteMs;
/** A check that ignores its end is left behind. */
const stopMs = 2 * secondMs;

/** Services that work, even if something about them should be looked at. */
const isRight = ({ status }: ServiceFinding): boolean => status === "ok" || status === "warning";

export class HealthMonitor {
  readonly #options: HealthMonitorOptions;
  readonly #deadlineMs: number;
  readonly #patienceMs: number;
  readonly #known = new Map<ServiceName, Known>();
  /** Services that are being asked: one that hangs is not asked a second time. */
  readonly #asked = new Map<ServiceName, Question>();
  /** When each was last right, and when that was stored. */
  readonly #right = new Map<ServiceName, { readonly date: string; readonly storedMs: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: HealthMonitorOptions) {
    this.#options = options;
    this.#deadlineMs = options.deadlineMs ?? 15 * secondMs;
    this.#patienceMs = options.patienceMs ?? 3 * secondMs;
  }

  /**
   * Asks every service at intervals, so that it is known when each was last right. The first time is when somebody wants
   * to know, or after the interval: a station that starts has other work.
   */
  start(): void {
    this.#timer = setInterval(() => void this.poll(), everyMs);
  }

  /** Ends the questions that are open. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    const open = [...this.#asked.values()];
    for (const { controller } of open) controller.abort();
    await settleWithin(Promise.all(open.map(({ settled }) => settled)), stopMs);
  }

  /**
   * The health of all services. Those whose last answer is too old are asked, all at once.
   * @param fresh true: all of them are asked, and waited for until the deadline
   */
  async poll({ fresh = false } = {}): Promise<readonly ServiceHealth[]> {
    const asked = serviceNames.filter((name) => fresh || this.#isOld(name)).map((name) => this.#ask(name));
    const open = asked.filter(({ controller }) => !controller.signal.aborted).map(({ settled }) => settled);
    if (open.length > 0) await settleWithin(Promise.all(open), fresh ? this.#deadlineMs : this.#patienceMs);
    return serviceNames.map((name) => this.#report(name));
  }

  #isOld(name: ServiceName): boolean {
    const known = this.#known.get(name);
    const { checks, clock } = this.#options;
    return known === undefined || clock.monotonicMs() - known.atMs >= checks[name].freshMs;
  }

  #report(name: ServiceName): ServiceHealth {
    const rightDate = this.#right.get(name)?.date ?? this.#options.rightDates.get(name);
    const known = this.#known.get(name);
    if (known === undefined) {
      return { name, status: "unknown", detail: "it has not answered yet", checkedDate: undefined, rightDate };
    }
    return { name, ...known.finding, checkedDate: known.checkedDate, rightDate };
  }

  #ask(name: ServiceName): Question {
    const asked = this.#asked.get(name);
    if (asked !== undefined) return asked;
    const controller = new AbortController();
    const late = setTimeout(() => {
      this.#keep(name, {
        status: "error",
        detail: `it has not answered within ${Math.round(this.#deadlineMs / secondMs)} seconds`,
        remedy: "Check that it runs, and the network between here and there.",
      });
      controller.abort();
    }, this.#deadlineMs);
    late.unref();
    const settled = this.#answer(name, controller.signal).finally(() => {
      clearTimeout(late);
      this.#asked.delete(name);
    });
    const question = { settled, controller };
    this.#asked.set(name, question);
    return question;
  }

  async #answer(name: ServiceName, signal: AbortSignal): Promise<void> {
    let finding: ServiceFinding;
    try {
      finding = await this.#options.checks[name].ask(signal);
    } catch (thrown) {
      const { message, remedy } = toArchivistError(thrown);
      finding = { status: "error", detail: message, remedy };
    }
    // An answer after the deadline, or after the end of the station, is none.
    if (!signal.aborted) this.#keep(name, finding);
  }

  #keep(name: ServiceName, finding: ServiceFinding): void {
    const { clock, logger } = this.#options;
    const before = this.#known.get(name)?.finding;
    const checkedDate = clock.now().toISOString();
    this.#known.set(name, { finding, checkedDate, atMs: clock.monotonicMs() });
    if (finding.status === "error" && before?.detail !== finding.detail) {
      logger.warn("a service is not right", { service: name, detail: finding.detail });
    }
    if (isRight(finding)) this.#keepRight(name, checkedDate);
  }

  /** Stores the date at most once a minute: some services are asked with every call. */
  #keepRight(name: ServiceName, date: string): void {
    const { clock, rightDates, logger } = this.#options;
    const nowMs = clock.monotonicMs();
    const before = this.#right.get(name);
    if (before !== undefined && nowMs - before.storedMs < everyMs) {
      this.#right.set(name, { date, storedMs: before.storedMs });
      return;
    }
    this.#right.set(name, { date, storedMs: nowMs });
    try {
      rightDates.set(name, date);
    } catch (error) {
      logger.error("it could not be stored that a service is right", { service: name, error });
    }
  }
}

/** Waits until work has settled, at most so many milliseconds. */
async function settleWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
