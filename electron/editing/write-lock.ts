/** Write lock on a meeting's captions: one user edits at a time, all others watch live. */
import type { Clock } from "../platform/clock.ts";

export interface EditorIdentity {
  /** Identifies a browser window; it stays the same when the page is reloaded. */
  readonly key: string;
  readonly name: string;
  /** Row id of the user. The key alone does not prove identity. */
  readonly userId: number;
}

export interface WriteLockView {
  /** null: the lock is free. */
  readonly writer: EditorIdentity | null;
  /** The user who has requested the lock. */
  readonly asking: EditorIdentity | null;
}

/** A user whose request is not answered for this long may take the lock: the writer is probably away. */
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

  /** Takes the lock if it is free. @returns Whether the visitor holds it */
  join(visitor: EditorIdentity): boolean {
    if (this.#writer === undefined) {
      this.#writer = visitor;
      this.#onChange();
    }
    return this.isWriter(visitor);
  }

  /** Removes a visitor; if it held the lock, the requesting user gets it. */
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

  /** The writer's answer to a request. */
  respond(visitor: Pick<EditorIdentity, "key" | "userId">, isGranted: boolean): void {
    if (!this.isWriter(visitor)) return;
    if (isGranted && this.#asking !== undefined) this.#writer = this.#asking.visitor;
    this.#asking = undefined;
    this.#onChange();
  }

  /** Takes the lock without an answer. @returns False while the writer may still answer */
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
