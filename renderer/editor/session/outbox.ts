/**
 * The queue of edits to be sent to the station, one after another. Each edit has a number and stays here until the
 * station acknowledges it: after a broken connection the station reports which edits it has, and the others are sent
 * again, each once.
 */
import type { Command } from "../../../electron/captions/editing/command.ts";
import type { View } from "../../../electron/captions/editing/history.ts";
import { client, useConnection } from "../../station/connection.ts";

export type UserAction = Command | { readonly type: "undo" } | { readonly type: "redo" };
export type Answer = Awaited<ReturnType<typeof client.editor.edit>>;

interface PendingEdit {
  readonly number: number;
  action: UserAction;
  readonly before: View;
  after: View;
  activeMs: number;
  readonly settle: (answer: Answer | undefined) => void;
}

export interface OutboxDeps {
  readonly id: string;
  readonly key: string;
  readonly base: () => number;
  readonly onAnswer: (answer: Answer) => void;
  readonly onState: (state: "kept" | "sending" | "waiting") => void;
  /**
   * Loads the station's state and reapplies the edits that it does not have.
   * @param left the pending edits, given the number of the last edit that has arrived
   * @returns That number
   */
  readonly onLost: (left: (arrived: number) => readonly UserAction[]) => Promise<number>;
  /** Called when the station has rejected an edit. */
  readonly onRefused: (thrown: unknown) => void;
}

/** Delay from the last key press of a burst until it is sent, in milliseconds. */
const quietMs = 25;
/** Pause between two attempts to reach the station, in milliseconds. */
const pauseMs = 400;

/** The station has answered, so the failure is not due to the connection. */
const isAnswer = (thrown: unknown): boolean => typeof (thrown as { status?: unknown } | null)?.status === "number";
const getErrorCode = (thrown: unknown): unknown => (thrown as { data?: { code?: unknown } } | null)?.data?.code;

export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #waiting: PendingEdit[] = [];
  #lastNumber: number;
  /** An edit that is being sent or reconciled is no longer modified. */
  #isReconciling = false;
  #sending: Promise<void> | undefined;
  #timer: number | undefined;

  /** @param lastNumber number of the last edit that this window has made */
  constructor(deps: OutboxDeps, lastNumber: number) {
    this.#deps = deps;
    this.#lastNumber = lastNumber;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#sending === undefined;
  }

  /**
   * @returns The station's answer; undefined if it rejected the edit, or if the edit was merged with the following
   * typing
   */
  add(action: UserAction, before: View, after: View, activeMs: number): Promise<Answer | undefined> {
    const last = this.#waiting.at(-1);
    const isFree =
      last !== undefined && !this.#isReconciling && (this.#sending === undefined || this.#waiting.length > 1);
    if (isFree && isTyped(last.action) && isTyped(action) && last.action.cue === action.cue) {
      last.action = action;
      last.after = after;
      last.activeMs += activeMs;
      this.#wake(quietMs);
      return Promise.resolve(undefined);
    }
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.#waiting.push({ number: ++this.#lastNumber, action, before, after, activeMs, settle: resolve });
    // While the connection is broken, an additional edit is not being sent either.
    this.#deps.onState(this.#isReconciling ? "waiting" : "sending");
    this.#wake(isTyped(action) ? quietMs : 0);
    return promise;
  }

  /** Resolves when the station has answered everything. */
  async empty(): Promise<void> {
    while (!this.isEmpty) {
      this.#wake(0);
      await (this.#sending ?? new Promise((resolve) => setTimeout(resolve, 5)));
    }
  }

  /** Fetches the station's state, as after a broken connection, because it may differ from that of this page. */
  reconcile(): Promise<void> {
    this.#sending ??= this.#reconcile().finally(() => this.#ended());
    return this.#sending;
  }

  #wake(afterMs: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#sending ??= this.#sendAll().finally(() => this.#ended());
    }, afterMs);
  }

  #ended(): void {
    this.#sending = undefined;
    if (this.#waiting.length > 0) this.#wake(0);
  }

  async #sendAll(): Promise<void> {
    const { id, key, base, onAnswer, onState, onRefused } = this.#deps;
    if (this.#waiting.length > 0) onState("sending");
    while (this.#waiting.length > 0) {
      const pending = this.#waiting[0] as PendingEdit;
      const { number, action, before, after, activeMs } = pending;
      try {
        const options = { id, key, number, base: base(), deed: action, before, after, activeMs };
        const answer = await client.editor.edit(options);
        this.#waiting.shift();
        onAnswer(answer);
        pending.settle(answer);
      } catch (thrown) {
        if (isAnswer(thrown) && getErrorCode(thrown) !== "edit.stale") {
          this.#waiting.shift();
          pending.settle(undefined);
          onRefused(thrown);
        }
        await this.#reconcile();
        return;
      }
    }
    onState("kept");
  }

  /** Retries until the station has answered: nothing is sent before it is known which edits the station has. */
  async #reconcile(): Promise<void> {
    const { onState, onLost } = this.#deps;
    this.#isReconciling = true;
    try {
      for (;;) {
        if (this.#waiting.length > 0) onState("waiting");
        await whenConnected();
        try {
          const arrived = await onLost((number) => this.#leftAfter(number));
          while ((this.#waiting[0]?.number ?? Number.POSITIVE_INFINITY) <= arrived)
            this.#waiting.shift()?.settle(undefined);
          this.#lastNumber = Math.max(this.#lastNumber, arrived);
          break;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
        }
      }
    } finally {
      this.#isReconciling = false;
    }
    if (this.#waiting.length === 0) onState("kept");
  }

  #leftAfter(arrived: number): readonly UserAction[] {
    return this.#waiting.filter(({ number }) => number > arrived).map(({ action }) => action);
  }
}

const isTyped = (action: UserAction): action is Extract<Command, { type: "text" }> =>
  action.type === "text" && action.typed === true;

const whenConnected = (): Promise<void> =>
  new Promise((resolve) => {
    if (useConnection.getState().state === "open") return resolve();
    const end = useConnection.subscribe(({ state }) => {
      if (state !== "open") return;
      end();
      resolve();
    });
  });
