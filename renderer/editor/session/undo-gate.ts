/**
 * Closed while a step is taken back. What the step changes is known only when the station has answered, so edits that are
 * made meanwhile wait and are done after it, in their order.
 */
export class UndoGate {
  /** What waits; undefined: the gate is open. */
  #deferred: (() => void)[] | undefined;
  #inFlight: Promise<void> | undefined;

  get isClosed(): boolean {
    return this.#deferred !== undefined;
  }

  /** Settles when the step has been taken back; undefined: none is being. */
  get inFlight(): Promise<void> | undefined {
    return this.#inFlight;
  }

  /** Does something once the gate is open. Only while it is closed. */
  defer(act: () => void): void {
    this.#deferred?.push(act);
  }

  /** Closes the gate until the step has been taken back, whether that goes well or not. */
  close(takeBack: () => Promise<void>): Promise<void> {
    this.#deferred = [];
    const inFlight = this.#run(takeBack).finally(() => {
      // A step that had waited may be in flight by now.
      if (this.#inFlight === inFlight) this.#inFlight = undefined;
    });
    this.#inFlight = inFlight;
    return inFlight;
  }

  async #run(takeBack: () => Promise<void>): Promise<void> {
    try {
      await takeBack();
    } finally {
      const deferred = this.#deferred ?? [];
      this.#deferred = undefined;
      for (const act of deferred) act();
    }
  }
}
