/**
 * Closed while an undo or redo is in flight. Its effect is known only when the station has answered, so edits that are
 * made in the meantime are deferred and run after it, in order.
 */
export class UndoGate {
  /** Deferred calls; undefined if the gate is open. */
  #deferred: (() => void)[] | undefined;
  #inFlight: Promise<void> | undefined;

  get isClosed(): boolean {
    return this.#deferred !== undefined;
  }

  /** Settles when the undo or redo that is in flight is done; undefined if none is. */
  get inFlight(): Promise<void> | undefined {
    return this.#inFlight;
  }

  /** Runs `act` when the gate opens. Call only while it is closed. */
  defer(act: () => void): void {
    this.#deferred?.push(act);
  }

  /** Closes the gate until `takeBack` has settled, whether it succeeds or fails. */
  close(takeBack: () => Promise<void>): Promise<void> {
    this.#deferred = [];
    const inFlight = this.#run(takeBack).finally(() => {
      // A deferred undo may be in flight by now.
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
