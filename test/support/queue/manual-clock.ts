import type { Clock } from "../../../electron/platform/clock.ts";

/** A clock that advances only when told to. */
export class ManualClock implements Clock {
  #ms: number;

  constructor(start = Date.parse("2026-03-02T12:00:00Z")) {
    this.#ms = start;
  }

  now(): Date {
    return new Date(this.#ms);
  }

  monotonicMs(): number {
    return this.#ms;
  }

  advance(ms: number): void {
    this.#ms += ms;
  }
}
