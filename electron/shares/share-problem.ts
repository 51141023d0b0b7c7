/** Whether files can be written to the share that a folder lies on. */
import type { ShareMonitor } from "./health/monitor.ts";
import { findShareOfPath } from "./which-share.ts";

export interface ShareProblem {
  /** Label of the share. */
  readonly share: string;
  /** The problem as a sentence, with the remedy. */
  readonly message: string;
}

/**
 * Checks, with the deadline of share checks, the share that a folder lies on.
 * @returns undefined if it can be written to, or if the folder lies on no share
 */
export async function findShareProblem(
  monitor: Pick<ShareMonitor, "shares" | "check">,
  folder: string,
): Promise<ShareProblem | undefined> {
  const share = findShareOfPath(monitor.shares, folder)?.share;
  if (share === undefined) return undefined;
  const { isReadable, isWritable, hasRoom, message } = await monitor.check(share);
  return isReadable && isWritable && hasRoom ? undefined : { share: share.label, message };
}
