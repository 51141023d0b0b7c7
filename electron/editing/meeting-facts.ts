/** What is known of a meeting that its captions are corrected by: words, silences, names, doubts, rules. */

import type { Mark } from "../captions/editing/document.ts";
import type { CaptionProfile } from "../captions/quality/caption-profile.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import { listKnownWords } from "../catalog/repositories/dictionary.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findChapters } from "../publishing/chapters.ts";
import { findCityOfRecording } from "../publishing/metadata.ts";
import type { StationServices } from "../station-services.ts";
import { getCaptionProfile } from "../transcription/options.ts";
import { type LoadedRecordingFacts, loadRecordingFacts } from "../transcription/recording-facts.ts";

type MeetingServices = Pick<StationServices, "catalog" | "settings" | "folder">;

/** The rules that a meeting's city has, else the station's. */
export const getEditingProfile = (
  { settings }: Pick<MeetingServices, "settings">,
  row: PublishableRow,
): CaptionProfile =>
  getCaptionProfile(settings, { profile: findCityOfRecording({ settings }, row)?.captionProfile ?? undefined });

/** The agenda items that were found, as chapters to begin with. */
export async function findInitialChapters(
  { catalog }: Pick<MeetingServices, "catalog">,
  row: PublishableRow,
): Promise<readonly Omit<Mark, "id">[]> {
  const found = await findChapters(catalog, row.id);
  return found.map(({ title, startMs }) => ({ kind: "chapter", atMs: startMs, text: title }));
}

/** The list of names, and of words, that a meeting's city has; undefined: it has no city. */
export function getGlossaryName(
  { settings }: Pick<MeetingServices, "settings">,
  row: PublishableRow,
): string | undefined {
  const city = findCityOfRecording({ settings }, row);
  return city?.glossary ?? city?.name ?? row.city ?? undefined;
}

export interface RecognizedTranscript extends LoadedRecordingFacts {
  /** Words that people have added to the dictionary. */
  readonly knownWords: readonly string[];
  /** Spans in which recognition turned in a circle. */
  readonly loops: readonly TimeSpan[];
}

/** What was recognized in a meeting, and what is known of it besides. */
export async function loadTranscript(
  { catalog, settings, folder }: MeetingServices,
  row: PublishableRow,
): Promise<RecognizedTranscript> {
  const glossaryName = getGlossaryName({ settings }, row);
  const facts = await loadRecordingFacts(
    { catalog, folder },
    {
      recordingId: row.recordingId,
      transcriptionId: row.id,
      durationMs: row.durationMs ?? undefined,
      glossaryName,
    },
  );
  return {
    ...facts,
    knownWords: listKnownWords(catalog, glossaryName),
    loops: facts.recognitionIssues
      .filter(({ reason }) => reason === "loop")
      .map(({ startMs, endMs }) => ({ startMs, endMs })),
  };
}
