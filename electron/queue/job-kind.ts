/**
 * How a kind of job is declared, and what the queue knows of it. What its jobs do is the kind's own: it stands in the
 * folder of the feature that it belongs to.
 */
import { z } from "zod";
import type { JobRow } from "../catalog/repositories/jobs.ts";
import { type JobPool, type JobType, jobTypeInfo } from "../contract/jobs.ts";

export interface Progress {
  /** Share of the whole, from 0 to 1. */
  readonly progress: number;
  readonly stage?: string | undefined;
  readonly message?: string | undefined;
  /** Milliseconds until the end; undefined while there is nothing to judge by. */
  readonly etaMs?: number | undefined;
}

/** A part of a job: once it has completed, no later run of the job does it again. */
export interface JobStep {
  readonly name: string;
}

/** What the queue gives to a run of a job. */
export interface JobControl {
  readonly job: JobRow;
  /** Aborted when the job is cancelled or paused, takes too long, or Archivist ends. */
  readonly signal: AbortSignal;
  /** Place in the order of all jobs that run: the lower one goes first in every lane. */
  readonly order: number;
  report(progress: Progress): void;
  /** Does a step, unless an earlier run has completed it: then its result is given again. */
  step<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** Keeps what is learnt of the job: its length decides how long it may take. */
  setJobFacts(known: { readonly durationMs?: number; readonly transcriptionId?: string }): void;
}

/** What a run of a job works with. */
export interface JobContext<Payload, Overrides = unknown> extends JobControl {
  readonly payload: Payload;
  /** What recoveries have changed of the payload. */
  readonly overrides: Overrides;
  /** The steps of this payload, in order. */
  readonly steps: readonly JobStep[];
}

export interface JobKindDefinition<Payload, Overrides> {
  readonly type: JobType;
  /** What a job of this kind is asked for. It is parsed once when a job is submitted, and once in each run. */
  readonly payload: z.ZodType<Payload>;
  /** What recoveries may change of it; leave it out for a kind without recoveries. */
  readonly overrides?: z.ZodType<Overrides>;
  /** The steps of a payload, in order. @throws ArchivistError when nothing can be done for it */
  readonly steps: (payload: Payload) => readonly JobStep[];
  /**
   * Does the work. If it throws, the job is recovered, tried again or failed, as the error says (decision.ts).
   * @returns What is kept as the job's result: JSON
   */
  readonly run: (context: JobContext<Payload, Overrides>) => Promise<unknown>;
}

/** A job whose payload has been parsed. */
export interface PreparedJob {
  readonly steps: readonly JobStep[];
  /** @throws What the kind throws */
  readonly run: (control: JobControl) => Promise<unknown>;
}

/** A kind of job as the queue sees it, whatever its payload is. */
export interface JobKind {
  readonly type: JobType;
  readonly pool: JobPool;
  /** @throws ZodError for a payload that is not one of this kind, and what the kind's `steps` throws */
  readonly prepare: (payload: unknown, overrides?: unknown) => PreparedJob;
}

/** Declares a kind of job. Its pool stands in the table of job types (contract/jobs.ts). */
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
