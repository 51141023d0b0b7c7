/** Estimates how long jobs take, from the measured speed of similar jobs on this machine. Pure functions. */

/** Processing time per millisecond of recording. */
export interface MeasuredSpeed {
  /** By speed group. */
  readonly byGroup: ReadonlyMap<string, number>;
  /** Across all jobs. */
  readonly overall: number | undefined;
}

export interface EstimatedJob {
  readonly id: string;
  readonly state: string;
  /** Milliseconds until the end, as reported by the running job. */
  readonly etaMs: number | null;
  readonly durationMs: number | null;
  /** Jobs of one speed group run at the same speed; undefined: use the overall speed. */
  readonly speedGroup: string | undefined;
}

/** Expected duration of a job from start to end, in milliseconds; undefined if unknown. */
export function expectedMs({ durationMs, speedGroup }: EstimatedJob, speed: MeasuredSpeed): number | undefined {
  const factor = (speedGroup === undefined ? undefined : speed.byGroup.get(speedGroup)) ?? speed.overall;
  return durationMs === null || factor === undefined ? undefined : durationMs * factor;
}

/**
 * Estimates when each job will end, in milliseconds from now. Stops at the first job whose duration is unknown.
 * @param jobs running ones first, then the others in the order in which they start
 */
export function queueEtas(jobs: readonly EstimatedJob[], speed: MeasuredSpeed): ReadonlyMap<string, number> {
  const etas = new Map<string, number>();
  let total = 0;
  for (const job of jobs) {
    const own = job.state === "running" ? (job.etaMs ?? expectedMs(job, speed)) : expectedMs(job, speed);
    if (own === undefined) return etas;
    total += own;
    etas.set(job.id, total);
  }
  return etas;
}
