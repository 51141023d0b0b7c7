/** What is done about a job that has failed, or may not start. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { ArchivistError, RecoveryClass } from "../contract/errors.ts";
import type { JobPool, WaitReason } from "../contract/jobs.ts";

/** Something outside the job that it has to wait for. */
export interface StartBlock {
  readonly waitsFor: Exclude<WaitReason, "dependency">;
  readonly message: string;
}

/** Whether jobs may start: the share they need answers, the disk has room, no maintenance window is open. */
export interface StartConditions {
  /** Why a job may not start now; undefined: it may. Asked often: it answers from what is known. */
  getStartBlock(job: Pick<JobRow, "share">, pool: JobPool): StartBlock | undefined;
  /** Whether a job that waits for something may go on. */
  isUnblocked(waitsFor: StartBlock["waitsFor"], job: Pick<JobRow, "share">): boolean;
}

export type Decision =
  | {
      /** Something was mended: try again at once, or after a while. */
      readonly action: "again";
      readonly recovery: RecoveryClass;
      readonly message: string;
      readonly delayMs?: number;
      readonly overrides?: Readonly<Record<string, unknown>>;
      readonly payload?: unknown;
      readonly share?: string | null;
      readonly timeoutMs?: number;
    }
  | { readonly action: "wait"; readonly hold: StartBlock }
  /** Nothing can be mended: tried again by itself if that has a chance, else it has failed. */
  | {
      readonly action: "none";
      /** The error with a better remedy, where one is known. */
      readonly error?: ArchivistError;
    };

export type Recover = (job: JobRow, error: ArchivistError) => Promise<Decision>;
