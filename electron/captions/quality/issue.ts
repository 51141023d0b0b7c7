/** What a quality rule found. `error` blocks publishing, `warning` needs a person's tick (design.md §5). */
export interface Issue {
  readonly severity: "error" | "warning";
  /** Name of the rule, stable, for filters and profiles. */
  readonly rule: string;
  /** What is wrong, in words. */
  readonly message: string;
  /** Where it is: milliseconds from the start of the recording. */
  readonly atMs?: number;
  /** Where it is: line of the file, from 1. */
  readonly line?: number;
}
