/** The folder in which a meeting's files belong, by its facts. */
import { resolve } from "node:path";
import type { StoredFacts } from "../catalog/repositories/meeting-facts.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { resolveMeetingOptions } from "../intake/meeting-options.ts";
import type { StationServices } from "../station-services.ts";
import { datedName } from "../transcription/output-folder.ts";

/** The folder that the settings name for a meeting with these facts, without a number that keeps it apart from others. */
export function findWantedFolder(
  { settings, folder }: Pick<StationServices, "settings" | "folder">,
  { filePath: path, modifiedMs }: PublishableRow,
  { city, date, type, title, set }: StoredFacts,
): string {
  const { destination, folderDay } = resolveMeetingOptions(settings, {
    path,
    modifiedMs,
    city: city ?? (set.has("city") ? null : undefined),
    meeting: { date, type, title },
  });
  return resolve(settings.output.folder ?? folder.output, destination.place ?? datedName(path, folderDay));
}
