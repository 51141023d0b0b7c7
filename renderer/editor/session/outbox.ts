/**
 * Edits on their way to the station, one after the other. What has been typed in one caption and not been sent yet is
 * one edit; a broken line is waited for, and nothing is sent twice.
 */
import type { Command } from "../../../electron/captions/editing/command.ts";
import type { View } from "../../../electron/captions/editing/history.ts";
import { client, useLine } from "../../api/connection.ts";
import { failureOf } from "../../api/failure.ts";

export type Wanted = Command | { readonly type: "undo" } | { readonly type: "redo" };
export type Answer = Awaited<ReturnType<typeof client.editor.edit>>;

interface Parcel {
  deed: Wanted;
  readonly before: View;
  after: View;
  activeMs: number;
  readonly settle: (answer: Answer | undefined) => void;
}

export interface OutboxParts {
  readonly id: string;
  readonly key: string;
  readonly base: () => number;
  readonly onAnswer: (answer: Answer) => void;
  readonly onState: (state: "kept" | "sending" | "waiting") => void;
  /** The station knows another state: everything is loaded anew, and what is left is done again on it. */
  readonly onStale: (left: readonly Wanted[]) => Promise<void>;
  /** An edit that the station will not have. */
  readonly onRefused: (thrown: unknown) => void;
}

/** So long after the last key of a burst it is sent, in milliseconds. */
const quietMs = 25;

export class Outbox {
  readonly #parts: OutboxParts;
  readonly #waiting: Parcel[] = [];
  #sending: Promise<void> | undefined;
  #timer: number | undefined;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#sending === undefined;
  }

  /** @returns What the station answered; undefined: it would not have it */
  add(deed: Wanted, before: View, after: View, activeMs: number): Promise<Answer | undefined> {
    const last = this.#waiting.at(-1);
    if (last?.deed.type === "text" && deed.type === "text" && last.deed.cue === deed.cue) {
      last.deed = deed;
      last.after = after;
      last.activeMs += activeMs;
      this.#wake(quietMs);
      return Promise.resolve(undefined);
    }
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>();
    this.#waiting.push({ deed, before, after, activeMs, settle: resolve });
    this.#parts.onState("sending");
    this.#wake(deed.type === "text" ? quietMs : 0);
    return promise;
  }

  /** Until everything has been answered. */
  async empty(): Promise<void> {
    while (!this.isEmpty) {
      this.#wake(0);
      await (this.#sending ?? new Promise((resolve) => setTimeout(resolve, 5)));
    }
  }

  #wake(afterMs: number): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#sending ??= this.#sendAll().finally(() => {
        this.#sending = undefined;
        if (this.#waiting.length > 0) this.#wake(0);
      });
    }, afterMs);
  }

  async #sendAll(): Promise<void> {
    const { id, key, base, onAnswer, onState, onStale, onRefused } = this.#parts;
    while (this.#waiting.length > 0) {
      const parcel = this.#waiting[0] as Parcel;
      const { deed, before, after, activeMs } = parcel;
      // What is typed from now on is another edit.
      this.#waiting.shift();
      try {
        const answer = await client.editor.edit({
          id,
          key,
          base: base(),
          deed: deed as never,
          before,
          after,
          activeMs,
        });
        onAnswer(answer);
        parcel.settle(answer);
      } catch (thrown) {
        const { problem } = failureOf(thrown);
        if (problem.code === "unknown" || problem.code === "edit.stale") {
          // It may have arrived or not: the station is asked what it has.
          onState("waiting");
          await lineIsOpen();
          const left = [deed, ...this.#waiting.map((each) => each.deed)];
          this.#waiting.length = 0;
          parcel.settle(undefined);
          await onStale(left);
          return;
        }
        parcel.settle(undefined);
        onRefused(thrown);
        // What came after it was meant for captions that the station does not have.
        const left = this.#waiting.map((each) => each.deed);
        this.#waiting.length = 0;
        await onStale(left);
        return;
      }
    }
    onState("kept");
  }
}

const lineIsOpen = (): Promise<void> =>
  new Promise((resolve) => {
    if (useLine.getState().state === "open") return resolve();
    const end = useLine.subscribe(({ state }) => {
      if (state !== "open") return;
      end();
      resolve();
    });
  });
