/** The part of the recording that the timeline shows. It moves without React: listeners draw it. */
export interface TimelineSpan {
  readonly fromMs: number;
  readonly spanMs: number;
}

export const defaultSpanMs = 30_000;
const minSpanMs = 2_000;
/** Where the playhead stands after the view has followed it: from the left, in parts of the view. */
const followPart = 0.3;
/** From here on the playhead is about to leave the view. */
const leavePart = 0.9;

export class TimelineView {
  readonly durationMs: number;
  readonly #listeners = new Set<() => void>();
  #span: TimelineSpan;

  constructor(durationMs: number) {
    this.durationMs = Math.max(minSpanMs, durationMs);
    this.#span = this.#within({ fromMs: 0, spanMs: defaultSpanMs });
  }

  get span(): TimelineSpan {
    return this.#span;
  }

  /** Calls the listener whenever another part is shown. @returns A function that removes it */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  contains(ms: number): boolean {
    return ms >= this.#span.fromMs && ms < this.#span.fromMs + this.#span.spanMs;
  }

  /** Shows more or less of the recording; the place `ms` stays where it is. @param factor below 1: nearer */
  zoom(factor: number, ms: number): void {
    const { fromMs, spanMs } = this.#span;
    const next = Math.min(this.durationMs, Math.max(minSpanMs, spanMs * factor));
    const part = (ms - fromMs) / spanMs;
    this.#set({ fromMs: ms - part * next, spanMs: next });
  }

  pan(byMs: number): void {
    this.#set({ ...this.#span, fromMs: this.#span.fromMs + byMs });
  }

  /** Brings a place into the middle. */
  center(ms: number): void {
    this.#set({ ...this.#span, fromMs: ms - this.#span.spanMs / 2 });
  }

  /** Goes on with the playhead where it is about to leave the view, or has left it. */
  follow(ms: number): void {
    const { fromMs, spanMs } = this.#span;
    if (ms < fromMs || ms > fromMs + spanMs * leavePart) {
      this.#set({ spanMs, fromMs: ms - spanMs * followPart });
    }
  }

  /** No further than the recording goes. */
  #within({ fromMs, spanMs }: TimelineSpan): TimelineSpan {
    const span = Math.min(spanMs, this.durationMs);
    return { spanMs: span, fromMs: Math.min(this.durationMs - span, Math.max(0, fromMs)) };
  }

  #set(span: TimelineSpan): void {
    const next = this.#within(span);
    if (next.fromMs === this.#span.fromMs && next.spanMs === this.#span.spanMs) return;
    this.#span = next;
    for (const listener of this.#listeners) listener();
  }
}
