/**
 * Decides when a new file on a share is complete. File system events do not cross the network, and a server may report
 * the full size of a copy from its first byte on, so the file has to stay unchanged for several polls, be old enough,
 * and later pass a probe. Pure.
 */

export interface SettleRules {
  /** Polls in a row with the same size and modification time. */
  readonly stablePolls: number;
  readonly minAgeSeconds: number;
}

export interface SeenFile {
  readonly size: number;
  readonly modifiedMs: number;
}

export interface Settling {
  readonly stablePolls: number;
  /** True when there is nothing more to wait for. */
  readonly isSettled: boolean;
}

/**
 * @param before the file at the previous poll; undefined when it is new
 * @param polls polls in a row that found it unchanged, up to the previous one
 */
export function settle(
  before: SeenFile | undefined,
  polls: number,
  seen: SeenFile,
  nowMs: number,
  rules: SettleRules,
): Settling {
  const isSame = before !== undefined && before.size === seen.size && before.modifiedMs === seen.modifiedMs;
  const stablePolls = isSame ? polls + 1 : 0;
  // A copy keeps the time of its original, and a server's clock may be ahead: a time in the future counts as old.
  const ageMs = nowMs - seen.modifiedMs;
  const isOld = ageMs < 0 || ageMs >= rules.minAgeSeconds * 1000;
  return { stablePolls, isSettled: stablePolls >= rules.stablePolls && isOld && seen.size > 0 };
}
