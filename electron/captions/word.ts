/** One spoken word as the recogniser heard it. Times are milliseconds from the start of the recording. */
export interface Word {
  /** With its punctuation, without surrounding spaces. */
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** How sure the recogniser was, from 0 to 1. */
  readonly probability: number;
  /** True when its time was not measured but shared out between what is known. */
  readonly estimated?: boolean;
  /** Who says it, where that is known. */
  readonly speaker?: string;
}
