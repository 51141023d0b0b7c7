/** A stretch without sound. */
export interface Silence {
  /** Milliseconds from the start of the recording. */
  readonly startMs: number;
  readonly endMs: number;
}
