/** Where the files of a recording would go, for people to see before anything starts. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { IntakeDestination } from "../contract/api/intake.ts";
import type { RecordingOptions } from "../contract/api/work-options.ts";
import { toDay } from "../platform/calendar.ts";
import { withTimeout } from "../platform/with-timeout.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { datedName } from "../transcription/output-folder.ts";
import { resolveMeetingOptions } from "./meeting-options.ts";

/** A number is appended to the folder when it is taken, as the recording is started. */
export async function findDestination(
  { settings, folder, findShareProblem }: StationServices,
  { path, city, sound, style, ...meeting }: RecordingOptions,
): Promise<IntakeDestination> {
  const { probeSeconds, servers } = settings.shares;
  // A recording that is gone, or on a share that hangs, is reported when it is started.
  const { mtimeMs } = await withTimeout(probeSeconds, path, stat(path)).catch(() => ({ mtimeMs: Date.now() }));
  const {
    destination,
    date,
    city: known,
  } = resolveMeetingOptions(settings, {
    ...{ path, city, sound, style, meeting },
    modifiedMs: mtimeMs,
  });
  const root = settings.output.folder ?? folder.output;
  const day = date ?? toDay(mtimeMs, settings.schedules.timeZone);
  const wanted = resolve(root, destination.place ?? datedName(path, day));
  const problem = await findShareProblem(wanted);
  return {
    path,
    folder: wanted,
    reason: destination.reason,
    city: known?.name ?? null,
    share: findShareOfPath(servers, wanted)?.share.label ?? null,
    problem: problem?.message ?? null,
  };
}
