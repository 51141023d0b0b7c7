/** Writes the files of a meeting from its newest captions, wherever it has files. */
import { dirname } from "node:path";
import { listFiles, requireLibraryRow } from "../../catalog/repositories/library.ts";
import { requirePublishable } from "../../catalog/repositories/publishing.ts";
import { listSupersededFiles } from "../../catalog/repositories/superseded-files.ts";
import { findTranscription } from "../../catalog/repositories/transcriptions.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { type OutputFormat, outputFormats } from "../../contract/formats.ts";
import { isSameName } from "../../platform/names.ts";
import { pathExists } from "../../platform/path-exists.ts";
import { withTimeout } from "../../platform/with-timeout.ts";
import type { StationServices } from "../../station-services.ts";
import { type Delivery, deliver } from "../../transcription/delivery.ts";
import { refreshSummary } from "../../transcription/derivation/summary.ts";
import { chooseOutputTarget } from "../../transcription/held-files.ts";
import { checkOutputFolder } from "../../transcription/output-folder.ts";
import { getEditingProfile } from "../meeting-facts.ts";

type ExportServices = Pick<StationServices, "catalog" | "settings" | "folder" | "findShareProblem">;

interface ExportPlace {
  readonly folder: string;
  readonly formats: readonly OutputFormat[];
}

const isCaptionKind = (kind: string): kind is OutputFormat => outputFormats.some((format) => format === kind);

/**
 * The meeting's own folder, or where its files wait for it, with the formats that its files have had, and every other folder in which files of it still
 * lie: they must not keep words that have been corrected.
 */
async function listPlaces(
  { catalog, settings }: ExportServices,
  id: string,
  outputFolder: string,
  target: string,
): Promise<readonly ExportPlace[]> {
  const files = listFiles(catalog, id);
  const toFormats = (some: typeof files) => outputFormats.filter((each) => some.some(({ kind }) => kind === each));
  const own = files.filter(({ path }) => [outputFolder, target].some((folder) => isSameName(dirname(path), folder)));
  const known = toFormats(own.some(({ kind }) => isCaptionKind(kind)) ? own : files);
  const first = { folder: target, formats: known.length > 0 ? known : [...settings.output.formats] };
  // Those at a place that the meeting has left go once the new ones are there.
  const left = new Set(listSupersededFiles(catalog, id).map(({ path }) => path));
  const others = Map.groupBy(
    files.filter((file) => !own.includes(file) && !left.has(file.path)),
    ({ path }) => dirname(path),
  );
  const there: ExportPlace[] = [];
  for (const [folder, some] of others) {
    const present = await withTimeout(
      settings.media.stallSeconds,
      folder,
      Promise.all(some.map(async (file) => ((await pathExists(file.path)) ? [file] : []))),
    );
    if (present.flat().length > 0) there.push({ folder, formats: toFormats(present.flat()) });
  }
  return [first, ...there];
}

export interface ExportOutcome {
  readonly version: number;
  readonly deliveries: readonly Delivery[];
}

/**
 * Derives summary and key phrases, then writes every file: captions in each format, summary and report. What somebody has
 * changed in a file since it was written is put aside.
 * @param report called with the folder that is written next
 * @throws ArchivistError `meeting.unknown`, `folder.*`, `disk.full`, `captions.not-verified`, `tool.stalled`
 */
export async function exportFiles(
  services: ExportServices,
  transcriptionId: string,
  report: (folder: string, share: number) => void = () => undefined,
): Promise<ExportOutcome> {
  const { catalog, settings } = services;
  const { model, language, createdDate, filePath, recordingId } = requireLibraryRow(catalog, transcriptionId);
  const work = findTranscription(catalog, transcriptionId);
  if (work === undefined) throw new ArchivistError("meeting.unknown", { subject: transcriptionId });
  // While its share is away, the files wait in the data folder.
  const { folder: target } = await chooseOutputTarget(services, transcriptionId, work.outputFolder);
  const places = await listPlaces(services, transcriptionId, work.outputFolder, target);
  const subject = { transcriptionId, recordingId, path: filePath };
  await refreshSummary(services, subject);
  const deliveries: Delivery[] = [];
  for (const [index, { folder, formats }] of places.entries()) {
    report(folder, index / places.length);
    const write = async (): Promise<Delivery> => {
      await checkOutputFolder(folder, { path: filePath, formats });
      // A version may have been made meanwhile; what is written next is of the same one.
      await refreshSummary(services, subject);
      const profile = getEditingProfile(services, requirePublishable(catalog, transcriptionId)).cues;
      const whole = { ...subject, services, model, language, createdDate, profile };
      return deliver(whole, folder, formats, "put-aside");
    };
    deliveries.push(await withTimeout(settings.media.stallSeconds, folder, write()));
  }
  const version = Math.min(...deliveries.map((delivery) => delivery.version));
  return { version, deliveries };
}
