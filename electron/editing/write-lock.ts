/** Who may write and who looks on: one at a time corrects a meeting's captions, everybody else sees it live. */
import type { Clock } from "../platform/clock.ts";

export interface EditorIdentity {
  /** Of one window; it stays the same when its page is loaded anew. */
  readonly key: string;
  readonly name: string;
  /** Row of the person: a key alone proves nothing. */
  readonly userId: number;
}

export interface WriteLockView {
  /** null: nobody is writing. */
  readonly writer: EditorIdentity | null;
  /** Somebody who has asked for the captions. */
  readonly asking: EditorIdentity | null;
}

/** Whoever asks and hears nothing for so long may take the captions: the other one has left the desk. */
const patienceMs = 30_000;

export class WriteLock {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #writer: EditorIdentity | undefined;
  #asking: { readonly visitor: EditorIdentity; readonly since: number } | undefined;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  view(): WriteLockView {
    return { writer: this.#writer ?? null, asking: this.#asking?.visitor ?? null };
  }

  isWriter({ key, userId }: Pick<EditorIdentity, "key" | "userId">): boolean {
    return this.#writer?.key === key && this.#writer.userId === userId;
  }

  /** Takes the pen where it is free. @returns Whether the visitor has it */
  join(visitor: EditorIdentity): boolean {
    if (this.#writer === undefined) {
      this.#writer = visitor;
      this.#onChange();
    }
    return this.isWriter(visitor);
  }

  /** Somebody has gone; the one who asked gets the pen. */
  leave(visitor: Pick<EditorIdentity, "key" | "userId">): void {
    if (this.#asking?.visitor.key === visitor.key) this.#asking = undefined;
    if (this.isWriter(visitor)) {
      this.#writer = this.#asking?.visitor;
      this.#asking = undefined;
    }
    this.#onChange();
  }

  request(visitor: EditorIdentity): void {
    if (this.isWriter(visitor)) return;
    if (this.#writer === undefined) {
      this.join(visitor);
      return;
    }
    if (this.#asking?.visitor.key !== visitor.key) this.#asking = { visitor, since: this.#clock.monotonicMs() };
    this.#onChange();
  }

  /** The writer's answer. */
  respond(visitor: Pick<EditorIdentity, "key" | "userId">, isGranted: boolean): void {
    if (!this.isWriter(visitor)) return;
    if (isGranted && this.#asking !== undefined) this.#writer = this.#asking.visitor;
    this.#asking = undefined;
    this.#onChange();
  }

  /** Takes the pen without an answer. @returns False while the writer may still answer */
  acquire(visitor: EditorIdentity): boolean {
    const asked = this.#asking;
    const isPatient = asked?.visitor.key === visitor.key && this.#clock.monotonicMs() - asked.since >= patienceMs;
    if (this.#writer !== undefined && !isPatient) return this.isWriter(visitor);
    this.#writer = visitor;
    this.#asking = undefined;
    this.#onChange();
    return true;
  }
}
