/** Where the files of a recording would go, for people to see before anything starts. */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { IntakeDestination } from "../contract/api/intake.ts";
import type { RecordingOptions } from "../contract/api/work-options.ts";
import { findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import { datedName } from "../transcription/output-folder.ts";
import { resolveMeetingOptions } from "./meeting-options.ts";

/**
 * A number is appended to the folder when it is taken, as the recording is started.
 * @param mayInspect whether whoever asks may know when the file was changed, which its folder may tell
 */
export async function findDestination(
  { settings, folder, findShareProblem, onShare }: StationServices,
  { path, city, sound, style, ...meeting }: RecordingOptions,
  mayInspect: boolean,
): Promise<IntakeDestination> {
  const { servers } = settings.shares;
  // What is wrong with the file is told where it is looked at.
  const found = mayInspect ? await onShare(path, () => stat(path)).catch(() => undefined) : undefined;
  const {
    destination,
    folderDay,
    city: known,
  } = resolveMeetingOptions(settings, { path, modifiedMs: found?.mtimeMs, city, sound, style, meeting });
  const root = settings.output.folder ?? folder.output;
  const wanted = resolve(root, destination.place ?? datedName(path, folderDay));
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
