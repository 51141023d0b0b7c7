/** What is known of a meeting that its captions are corrected by: words, silences, names, doubts, rules. */

import type { Mark } from "../captions/editing/document.ts";
import type { MeetingFacts } from "../captions/editing/document-issues.ts";
import type { StationProfile } from "../captions/quality/station-profile.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import { listChunks, listWords } from "../catalog/repositories/chunks.ts";
import { listKnownWords } from "../catalog/repositories/dictionary.ts";
import { type GlossaryProposal, listGlossaryTerms, listProposals } from "../catalog/repositories/glossary.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { listSilences } from "../catalog/repositories/recordings.ts";
import { findChapters } from "../publishing/chapters.ts";
import { findCityOfRecording } from "../publishing/metadata.ts";
import type { StationServices } from "../station-services.ts";
import { getCaptionProfile } from "../transcription/options.ts";
import { doubtIssues } from "../transcription/recognition-issues.ts";

type MeetingServices = Pick<StationServices, "catalog" | "settings">;

/** The rules that a meeting's city has, else the station's. */
export const getEditingProfile = ({ settings }: MeetingServices, row: PublishableRow): StationProfile =>
  getCaptionProfile(settings, { profile: findCityOfRecording({ settings }, row)?.captionProfile ?? undefined });

/** The agenda items that were found, as chapters to begin with. */
export async function findInitialChapters(
  { catalog }: MeetingServices,
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

export interface RecognizedTranscript extends MeetingFacts {
  readonly words: readonly Word[];
  readonly silences: readonly TimeSpan[];
  readonly glossary: readonly string[];
  /** Words that people have added to the dictionary. */
  readonly knownWords: readonly string[];
  /** What is spoken, ISO 639-1. */
  readonly language: string;
  readonly proposals: readonly GlossaryProposal[];
  readonly loops: readonly TimeSpan[];
}

export function loadTranscript({ catalog, settings }: MeetingServices, row: PublishableRow): RecognizedTranscript {
  const chunks = listChunks(catalog, row.id);
  const doubts = chunks.flatMap((chunk) => chunk.doubts);
  const glossaryName = getGlossaryName({ settings }, row);
  return {
    ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
    words: listWords(catalog, row.id),
    silences: listSilences(catalog, row.recordingId),
    language: chunks.find(({ language }) => language !== null)?.language ?? "en",
    glossary: glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName).map(({ term }) => term),
    knownWords: listKnownWords(catalog, glossaryName),
    proposals: listProposals(catalog, row.id),
    loops: doubts.filter(({ reason }) => reason === "loop").map(({ startMs, endMs }) => ({ startMs, endMs })),
    doubts: doubtIssues(doubts),
  };
}
