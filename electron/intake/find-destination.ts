/** Where the files of a recording would go, for people to see before anything starts. */
import { resolve } from "node:path";
import type { IntakeDestination } from "../contract/api/intake.ts";
import type { RecordingOptions } from "../contract/api/work-options.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { datedName } from "../transcription/output-folder.ts";
import { resolveMeetingOptions } from "./meeting-options.ts";

/** A number is appended to the folder when it is taken, as the recording is started. */
export async function findDestination(
  { settings, folder, findShareProblem }: StationServices,
  { path, city, sound, style, ...meeting }: RecordingOptions,
): Promise<IntakeDestination> {
  const { servers } = settings.shares;
  const {
    destination,
    date,
    city: known,
  } = resolveMeetingOptions(settings, {
    ...{ path, city, sound, style, meeting },
  });
  const root = settings.output.folder ?? folder.output;
  const wanted = resolve(root, destination.place ?? datedName(path, date ?? null));
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
