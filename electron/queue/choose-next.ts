/**
 * Whose turn it is. Urgent jobs first, then those that a person has put somewhere, in that place. Among the rest of
 * the same priority, jobs of the model and language that is loaded follow one another, the city that was served
 * longest ago comes first, and then who came first.
 */
import { minuteMs } from "../captions/time/durations.ts";
import type { Candidate } from "../catalog/repositories/jobs.ts";

export interface DispatchMemory {
  /** Model and language of the job that was started last. */
  readonly affinity: string | undefined;
  /** For each city, the number of the start that served it last; a city that is not in it was never served. */
  readonly servedAt: ReadonlyMap<string, number>;
}

/** Nobody is passed over for the sake of a loaded model for longer than this, in milliseconds. */
const patienceMs = 30 * minuteMs;

const never = -1;

/**
 * @param candidates in the queue's order: priority, pinned, position
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
  const hasWaited = nowMs - Date.parse(first.createdDate) > patienceMs;
  const fitting = hasWaited ? [] : equals.filter(({ affinity }) => affinity !== null && affinity === memory.affinity);
  const pool = hasWaited ? [first] : fitting.length > 0 ? fitting : equals;
  const served = ({ city }: T): number => (city === null ? never : (memory.servedAt.get(city) ?? never));
  return pool.reduce((best, each) => (served(each) < served(best) ? each : best));
}
