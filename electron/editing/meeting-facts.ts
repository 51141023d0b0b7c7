/** What is known of a meeting that its captions are corrected by: words, silences, names, doubts, rules. */

import type { Mark } from "../captions/editing/document.ts";
import type { MeetingFacts } from "../captions/editing/document-issues.ts";
import type { StationProfile } from "../captions/quality/station-profile.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import { chunksOf, wordsOf } from "../catalog/repositories/chunks.ts";
import { knownWords } from "../catalog/repositories/dictionary.ts";
import { type GlossaryProposal, glossaryOf, proposalsOf } from "../catalog/repositories/glossary.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { silencesOf } from "../catalog/repositories/recordings.ts";
import { chaptersOf } from "../publishing/chapters.ts";
import { cityOfRow } from "../publishing/metadata.ts";
import type { Workshop } from "../station-services.ts";
import { profileOf } from "../transcription/options.ts";
import { doubtIssues } from "../transcription/recognition-issues.ts";

type Parts = Pick<Workshop, "catalog" | "settings">;

/** The rules that a meeting's city has, else the station's. */
export const editingProfile = ({ settings }: Parts, row: PublishableRow): StationProfile =>
  profileOf(settings, { profile: cityOfRow({ settings }, row)?.captionProfile ?? undefined });

/** The agenda items that were found, as chapters to begin with. */
export async function firstChapters({ catalog }: Parts, row: PublishableRow): Promise<readonly Omit<Mark, "id">[]> {
  const found = await chaptersOf(catalog, row.id);
  return found.map(({ title, startMs }) => ({ kind: "chapter", atMs: startMs, text: title }));
}

/** The list of names, and of words, that a meeting's city has; undefined: it has no city. */
export function glossaryNameOf({ settings }: Pick<Parts, "settings">, row: PublishableRow): string | undefined {
  const city = cityOfRow({ settings }, row);
  return city?.glossary ?? city?.name ?? row.city ?? undefined;
}

export interface HeardFacts extends MeetingFacts {
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

export function heardFacts({ catalog, settings }: Parts, row: PublishableRow): HeardFacts {
  const chunks = chunksOf(catalog, row.id);
  const doubts = chunks.flatMap((chunk) => chunk.doubts);
  const namesOf = glossaryNameOf({ settings }, row);
  return {
    ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
    words: wordsOf(catalog, row.id),
    silences: silencesOf(catalog, row.recordingId),
    language: chunks.find(({ language }) => language !== null)?.language ?? "en",
    glossary: namesOf === undefined ? [] : glossaryOf(catalog, namesOf).map(({ term }) => term),
    knownWords: knownWords(catalog, namesOf),
    proposals: proposalsOf(catalog, row.id),
    loops: doubts.filter(({ reason }) => reason === "loop").map(({ startMs, endMs }) => ({ startMs, endMs })),
    doubts: doubtIssues(doubts),
  };
}
