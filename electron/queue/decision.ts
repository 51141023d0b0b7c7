/** Decisions on jobs that have failed or may not start. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { ArchivistError, RecoveryClass } from "../contract/errors.ts";
import type { JobPool, WaitReason } from "../contract/jobs.ts";

/** A condition outside the job that it has to wait for. */
export interface StartBlock {
  readonly waitsFor: Exclude<WaitReason, "dependency">;
  readonly message: string;
}

/** Checks whether jobs may start: their share responds, the disk has space, no maintenance window is open. */
export interface StartConditions {
  /** Why a job may not start now; undefined if it may. Called often, so it answers from cached state. */
  getStartBlock(job: Pick<JobRow, "share" | "type">, pool: JobPool): StartBlock | undefined;
  /** Whether the condition that a job waits for is met. */
  isUnblocked(waitsFor: StartBlock["waitsFor"], job: Pick<JobRow, "share" | "type">): boolean;
}

export type Decision =
  | {
      /** Something was repaired: retry at once, or after a delay. */
      readonly action: "retry";
      readonly recovery: RecoveryClass;
      readonly message: string;
      readonly delayMs?: number;
      readonly overrides?: Readonly<Record<string, unknown>>;
      readonly payload?: unknown;
      readonly share?: string | null;
      readonly timeoutMs?: number;
    }
  | { readonly action: "wait"; readonly hold: StartBlock }
  /** Nothing could be repaired: the job is retried if the error is retryable, otherwise it has failed. */
  | {
      readonly action: "none";
      /** The error with a more specific remedy, where one is known. */
      readonly error?: ArchivistError;
    };

export type Recover = (job: JobRow, error: ArchivistError) => Promise<Decision>;
