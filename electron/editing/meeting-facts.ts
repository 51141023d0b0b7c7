/** Facts about a meeting that its captions are edited with: words, silences, names, issues, rules. */
import type { Mark } from "../captions/editing/document.ts";
import { findStyleEdits } from "../captions/house-style/find-style-edits.ts";
import { type HouseStyle, hasHouseStyle } from "../captions/house-style/style.ts";
import { applyStyleEdits } from "../captions/house-style/styled-words.ts";
import type { CaptionProfile } from "../captions/quality/caption-profile.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import { listKnownWords } from "../catalog/repositories/dictionary.ts";
import { listNoSpeechMarks } from "../catalog/repositories/drafts.ts";
import { listGlossaryTerms } from "../catalog/repositories/glossary.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findGlossaryName } from "../contract/settings/cities.ts";
import { findChapters } from "../publishing/chapters.ts";
import { findCityOfRecording } from "../publishing/metadata.ts";
import type { StationServices } from "../station-services.ts";
import { getCityProfile, getHouseStyle } from "../transcription/options.ts";
import { type LoadedRecordingFacts, loadRecordingFacts } from "../transcription/recording-facts.ts";

type MeetingServices = Pick<StationServices, "catalog" | "settings" | "folder">;

/** Caption profile of the meeting's city, otherwise of the station. */
export const getEditingProfile = (
  { settings }: Pick<MeetingServices, "settings">,
  row: PublishableRow,
): CaptionProfile => getCityProfile(settings, findCityOfRecording({ settings }, row));

/**
 * What a draft begins with: the agenda items found, as chapters, and the places in which nobody speaks, as people have said
 * while they corrected an earlier transcription of the recording.
 */
export async function findInitialMarks(
  { catalog }: Pick<MeetingServices, "catalog">,
  row: PublishableRow,
): Promise<readonly Omit<Mark, "id">[]> {
  const found = await findChapters(catalog, row.id);
  const said = listNoSpeechMarks(catalog, { recordingId: row.recordingId, transcriptionId: row.id });
  return [
    ...found.map(({ title, startMs }) => ({ kind: "chapter", atMs: startMs, text: title }) as const),
    ...said.map(({ id: _, ...mark }) => mark),
  ];
}

/** Name of the glossary and dictionary of the meeting's city; undefined: it has no city. */
export function getGlossaryName(
  { settings }: Pick<MeetingServices, "settings">,
  row: PublishableRow,
): string | undefined {
  return findGlossaryName(findCityOfRecording({ settings }, row), row.city ?? undefined);
}

/** How the meeting's city writes what is spoken in a language; undefined: the language has no house style. */
export function getMeetingStyle(
  { settings }: Pick<MeetingServices, "settings">,
  row: PublishableRow,
  language: string,
): HouseStyle | undefined {
  if (!hasHouseStyle(language)) return undefined;
  const style = findCityOfRecording({ settings }, row)?.style ?? undefined;
  return getHouseStyle(settings, style === undefined ? {} : { style });
}

/** Words of a part of the meeting as its city writes them; of a language without a house style, as they are. */
export function styleWords(
  { catalog, settings }: Pick<MeetingServices, "catalog" | "settings">,
  row: PublishableRow,
  words: readonly Word[],
  language: string,
): readonly Word[] {
  const style = getMeetingStyle({ settings }, row, language);
  if (style === undefined) return words;
  const glossaryName = getGlossaryName({ settings }, row);
  const terms = glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName).map(({ term }) => term);
  const edits = findStyleEdits(words, { style, terms });
  return applyStyleEdits(words, edits).words;
}

export interface RecognizedTranscript extends LoadedRecordingFacts {
  /** Words that users have added to the dictionary. */
  readonly knownWords: readonly string[];
  /** Spans in which recognition repeated itself in a loop. */
  readonly loops: readonly TimeSpan[];
}

/** Loads the recognized words of a meeting, with the facts known about it. */
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
