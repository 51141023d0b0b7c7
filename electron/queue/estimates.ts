/** How long jobs will take, from how fast this machine was with jobs that are as fast. Pure. */

/** Time that work takes for each millisecond of recording. */
export interface MeasuredSpeed {
  /** By what decides how fast a job is. */
  readonly byGroup: ReadonlyMap<string, number>;
  /** Over all jobs. */
  readonly overall: number | undefined;
}

export interface EstimatedJob {
  readonly id: string;
  readonly state: string;
  /** Milliseconds until the end, as the running job itself says. */
  readonly etaMs: number | null;
  readonly durationMs: number | null;
  /** Jobs of one speed group are equally fast; undefined: the speed over all jobs counts. */
  readonly speedGroup: string | undefined;
}

/** Milliseconds that a job takes from its beginning; undefined where nothing is known. */
export function expectedMs({ durationMs, speedGroup }: EstimatedJob, speed: MeasuredSpeed): number | undefined {
  const factor = (speedGroup === undefined ? undefined : speed.byGroup.get(speedGroup)) ?? speed.overall;
  return durationMs === null || factor === undefined ? undefined : durationMs * factor;
}

/**
 * When each job will have ended, in milliseconds from now. From the first job on about which nothing is known, nothing
 * is said.
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
