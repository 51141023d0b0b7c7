/**
 * Chooses the next job to start in a pool. The most urgent jobs come first, then those that a user has moved, in that
 * order. Among the others of the same priority, jobs of the most recently started group come first, then the city that
 * was served longest ago, then the oldest job.
 */
import { minuteMs } from "../captions/time/durations.ts";
import type { Candidate } from "../catalog/repositories/jobs.ts";

export interface DispatchMemory {
  /** Group key of the most recently started job. */
  readonly groupKey: string | undefined;
  /** For each city, the number of the start that served it last; a city that is missing was never served. */
  readonly servedAt: ReadonlyMap<string, number>;
}

/** Maximum time that a job is passed over in favor of a group or a city, in milliseconds. */
const maxPassedOverMs = 30 * minuteMs;

const never = -1;

/**
 * Chooses the next job; undefined if there are no candidates.
 * @param candidates in queue order: priority, pinned, position
 * @param nowMs milliseconds since 1970
 */
export function chooseNext<T extends Candidate>(
  candidates: readonly T[],
  memory: DispatchMemory,
  nowMs: number,
): T | undefined {
  const first = candidates[0];
  if (first === undefined || first.pinned) return first;
  const equals = candidates.filter(({ priority, pinned }) => priority === first.priority && !pinned);
  const hasWaited = nowMs - Date.parse(first.createdDate) > maxPassedOverMs;
  const sameGroup = hasWaited ? [] : equals.filter(({ groupKey }) => groupKey !== null && groupKey === memory.groupKey);
  const eligible = hasWaited ? [first] : sameGroup.length > 0 ? sameGroup : equals;
  const served = ({ city }: T): number => (city === null ? never : (memory.servedAt.get(city) ?? never));
  return eligible.reduce((best, each) => (served(each) < served(best) ? each : best));
}
