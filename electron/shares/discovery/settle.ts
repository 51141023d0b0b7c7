/**
 * When a file that appears on a share is whole. Events do not come over the network and a server may show the full
 * size of a copy from its first byte on, so the file has to stay as it is for several looks, be old enough, and later
 * stand up to a probe. Pure.
 */

export interface SettleRules {
  /** Looks in a row with the same size and time. */
  readonly stablePolls: number;
  readonly minAgeSeconds: number;
}

export interface SeenFile {
  readonly size: number;
  readonly modifiedMs: number;
}

export interface Settling {
  readonly stablePolls: number;
  /** Nothing more is to be waited for. */
  readonly isSettled: boolean;
}

/**
 * @param before as it was at the look before; undefined: it is new
 * @param polls looks in a row that found it unchanged, up to the look before
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
  // A copy keeps the time of its original, and a server's clock may be ahead: a time to come counts as old.
  const ageMs = nowMs - seen.modifiedMs;
  const isOld = ageMs < 0 || ageMs >= rules.minAgeSeconds * 1000;
  return { stablePolls, isSettled: stablePolls >= rules.stablePolls && isOld && seen.size > 0 };
}
