/** Who has a meeting open, and where in it each of them is. */
import type { EditorIdentity } from "./write-lock.ts";

export interface PresentVisitor {
  readonly visitor: EditorIdentity;
  /** The caption that is active in this window; null: none yet. */
  readonly cue: number | null;
}

export class Presence {
  readonly #onChange: () => void;
  readonly #windows = new Map<string, PresentVisitor>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Windows in the order in which they came. */
  list(): readonly PresentVisitor[] {
    return [...this.#windows.values()];
  }

  enter(visitor: EditorIdentity): void {
    if (this.#windows.has(visitor.key)) return;
    this.#windows.set(visitor.key, { visitor, cue: null });
    this.#onChange();
  }

  leave({ key }: Pick<EditorIdentity, "key">): void {
    if (this.#windows.delete(key)) this.#onChange();
  }

  /** Notes where a window is; one that does not show the meeting is nowhere. */
  move({ key, userId }: Pick<EditorIdentity, "key" | "userId">, cue: number | null): void {
    const known = this.#windows.get(key);
    if (known === undefined || known.visitor.userId !== userId || known.cue === cue) return;
    this.#windows.set(key, { ...known, cue });
    this.#onChange();
  }
}
