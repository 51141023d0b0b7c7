/** `archivist meetings join MEETING…` and `replace MEETING RECORDING`: other recordings of the same meeting. */

import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { planJoin, requestJoin } from "../../meetings/join-parts.ts";
import { replaceRecording } from "../../meetings/replace-recording.ts";
import type { Station } from "../../station.ts";
import { noStationRuns, type QueueOptions, withQueue } from "../queue/open.ts";
import { accountName } from "../terminal/account.ts";
import { printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { formatClock } from "../terminal/times.ts";
import { userPath } from "../terminal/user-paths.ts";
import { toDeps } from "./deps.ts";

export interface JoinOptions extends QueueOptions {
  readonly dryRun?: boolean;
}

function printQueued({ isBeside }: Station, options: QueueOptions, jobId: string, what: string): void {
  if (options.json) printJson({ job_id: jobId, status: "queued" });
  else printResult(printable(`${what}: in the queue (${jobId.slice(0, 8)}).`));
  if (!isBeside && !options.json) printNotice(noStationRuns);
}

export function joinCommand(ids: readonly string[], options: JoinOptions): Promise<number> {
  return withQueue(options, "meetings join", async (station) => {
    const deps = toDeps(station);
    const whole = ids.map((id) => requirePublishable(station.catalog, id).id);
    if (options.dryRun) {
      const parts = await planJoin(deps, whole);
      const inOrder = whole.flatMap((id) => parts.find((part) => part.id === id) ?? []);
      if (options.json) {
        printJson({
          parts: inOrder.map(({ id, filename, durationMs, obstacle }) => ({
            transcription_id: id,
            recording: filename,
            duration_ms: durationMs,
            obstacle,
          })),
        });
      } else {
        for (const { filename, durationMs, obstacle } of inOrder) {
          printResult(printable(`${formatClock(durationMs)}  ${filename}${obstacle === null ? "" : `: ${obstacle}`}`));
        }
      }
      return inOrder.some(({ obstacle }) => obstacle !== null) ? 1 : 0;
    }
    printQueued(station, options, await requestJoin(deps, whole, accountName()), `${ids.length} parts`);
    return 0;
  });
}

export function replaceCommand(id: string, recording: string, options: QueueOptions): Promise<number> {
  return withQueue(options, "meetings replace", async (station) => {
    const jobId = await replaceRecording(toDeps(station), id, userPath(recording), accountName());
    printQueued(station, options, jobId, "the better copy");
    return 0;
  });
}
