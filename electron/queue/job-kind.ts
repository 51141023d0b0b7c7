/**
 * The declaration of a job kind, and the interface that the queue sees. What a kind's jobs do is implemented in the
 * folder of the feature it belongs to.
 */
import { z } from "zod";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { type JobPool, type JobType, jobTypeInfo } from "../contract/jobs.ts";

export interface Progress {
  /** Fraction of the whole job, from 0 to 1. */
  readonly progress: number;
  readonly stage?: string | undefined;
  readonly message?: string | undefined;
  /** Milliseconds until the end; undefined until there is a basis for an estimate. */
  readonly etaMs?: number | undefined;
}

/** A step of a job. Once completed, it is not repeated by a later run of the job. */
export interface JobStep {
  readonly name: string;
}

/** What the queue provides to a run. */
export interface JobControl {
  readonly job: JobRow;
  /** Aborted when the job is cancelled or paused or times out, or when Archivist shuts down. */
  readonly signal: AbortSignal;
  /** Order among running jobs: in every lane the lowest goes first. */
  readonly order: number;
  report(progress: Progress): void;
  /** Runs a step. If an earlier run has completed it, returns the stored result instead. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Stores facts learned about the job. The recording's length determines the time limit. */
  setJobFacts(known: { readonly durationMs?: number; readonly transcriptionId?: string }): void;
}

/** Everything a run of a job works with. */
export interface JobContext<Payload, Overrides = unknown> extends JobControl {
  readonly payload: Payload;
  /** Changes that recoveries have made to the payload. */
  readonly overrides: Overrides;
  /** The steps for this payload, in order. */
  readonly steps: readonly JobStep[];
}

export interface JobKindDefinition<Payload, Overrides> {
  readonly type: JobType;
  /** Parses the payload: once when a job is submitted, and once in each run. */
  readonly payload: z.ZodType<Payload>;
  /** Parses the changes that recoveries make to the payload; omit it for a kind without recoveries. */
  readonly overrides?: z.ZodType<Overrides>;
  /** The steps for a payload, in order. @throws ArchivistError when the payload cannot be processed */
  readonly steps: (payload: Payload) => readonly JobStep[];
  /**
   * Runs the job. If it throws, the job is recovered, retried or failed, depending on the error (decision.ts).
   * @returns The job's result, stored as JSON
   */
  readonly run: (context: JobContext<Payload, Overrides>) => Promise<unknown>;
}

/** A job with its parsed payload. */
export interface PreparedJob {
  readonly steps: readonly JobStep[];
  /** @throws Whatever the kind throws */
  readonly run: (control: JobControl) => Promise<unknown>;
}

/** A job kind as the queue sees it, independent of the payload type. */
export interface JobKind {
  readonly type: JobType;
  readonly pool: JobPool;
  /** @throws ZodError for an invalid payload, and whatever the kind's `steps` throws */
  readonly prepare: (payload: unknown, overrides?: unknown) => PreparedJob;
}

/** Declares a job kind. Its pool is defined in the table of job types (contract/jobs.ts). */
export function defineJobKind<Payload, Overrides = unknown>({
  type,
  payload: payloadSchema,
  overrides: overridesSchema = z.any(),
  steps: listSteps,
  run,
}: JobKindDefinition<Payload, Overrides>): JobKind {
  return {
    type,
    pool: jobTypeInfo[type].pool,
    prepare: (stored, storedOverrides = {}) => {
      const payload = payloadSchema.parse(stored);
      const steps = listSteps(payload);
      return {
        steps,
        run: async (control) => run({ ...control, payload, overrides: overridesSchema.parse(storedOverrides), steps }),
      };
    },
  };
}
