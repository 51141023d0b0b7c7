/** `archivist meetings join MEETING…` and `replace MEETING RECORDING`: other recordings of the same meeting. */

import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import type { MeetingDeps } from "../../meetings/change-facts.ts";
import { planJoin, requestJoin } from "../../meetings/join-parts.ts";
import { replaceRecording } from "../../meetings/replace-recording.ts";
import type { Station } from "../../station.ts";
import { accountName } from "../captions/write-files.ts";
import { noStationRuns, type QueueOptions, withQueue } from "../queue/open.ts";
import { printable, printJson, printNotice, printResult } from "../terminal/print.ts";
import { userPath } from "../terminal/user-paths.ts";

export interface JoinOptions extends QueueOptions {
  readonly dryRun?: boolean;
}

const toDeps = ({ services, runtime }: Station): MeetingDeps => ({
  station: services,
  jobService: runtime.jobService,
  editing: runtime.editing,
});

/** `1:02:03` */
const toClock = (ms: number): string => new Date(ms).toISOString().slice(11, 19).replace(/^0/, "");

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
          printResult(printable(`${toClock(durationMs)}  ${filename}${obstacle === null ? "" : `: ${obstacle}`}`));
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
