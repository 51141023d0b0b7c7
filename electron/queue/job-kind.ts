/** What the queue has to know of a kind of job. What it does is in `jobs/kinds`. */
import type { JobRow } from "../catalog/repositories/jobs.ts";
import type { JobType } from "../contract/jobs.ts";

/** Which of the queue's places a job takes while it runs. */
export const jobPools = ["heavy", "render", "network", "upkeep"] as const;
export type JobPool = (typeof jobPools)[number];

export interface Progress {
  /** Share of the whole, from 0 to 1. */
  readonly progress: number;
  readonly stage?: string | undefined;
  readonly message?: string | undefined;
  /** Milliseconds until the end; undefined while there is nothing to judge by. */
  readonly etaMs?: number | undefined;
}

/** What a run of a job works with. */
export interface JobContext {
  readonly job: JobRow;
  /** As it was asked for; the kind parses it. */
  readonly payload: unknown;
  /** What recoveries have changed of it. */
  readonly overrides: unknown;
  /** Aborted when the job is cancelled or paused, takes too long, or Archivist ends. */
  readonly signal: AbortSignal;
  /** Place in the order of all jobs that run: the lower one goes first in every lane. */
  readonly order: number;
  report(progress: Progress): void;
  /** Does a step, unless an earlier run has completed it: then its result is given again. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Tells what is learnt of the job: its length decides how long it may take. */
  setJobFacts(known: { readonly durationMs?: number; readonly transcriptionId?: string }): void;
}

export interface JobKind {
  readonly type: JobType;
  readonly pool: JobPool;
  /** Names of its steps for a payload, in order. @throws when the payload makes no sense */
  readonly steps: (payload: unknown) => readonly string[];
  /** @returns What is kept as the job's result: JSON */
  readonly run: (context: JobContext) => Promise<unknown>;
}
