/** What is known of a meeting that its captions are corrected by: words, silences, names, doubts, rules. */

import type { Mark } from "../captions/editing/document.ts";
import type { MeetingFacts } from "../captions/editing/document-issues.ts";
import type { StationProfile } from "../captions/quality/station-profile.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Word } from "../captions/word.ts";
import { chunksOf, wordsOf } from "../catalog/repositories/chunks.ts";
import { type GlossaryProposal, glossaryOf, proposalsOf } from "../catalog/repositories/glossary.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { silencesOf } from "../catalog/repositories/recordings.ts";
import { doubtIssues } from "./pipeline/speech-issues.ts";
import { profileOf } from "./pipeline/work-options.ts";
import { chaptersOf } from "./publishing/chapters-of.ts";
import { cityOfRow } from "./publishing/make-metadata.ts";
import type { Workshop } from "./workshop.ts";

type Parts = Pick<Workshop, "catalog" | "settings">;

/** The rules that a meeting's city has, else the station's. */
export const editingProfile = ({ settings }: Parts, row: PublishableRow): StationProfile =>
  profileOf(settings, { profile: cityOfRow({ settings }, row)?.captionProfile ?? undefined });

/** The agenda items that were found, as chapters to begin with. */
export async function firstChapters({ catalog }: Parts, row: PublishableRow): Promise<readonly Omit<Mark, "id">[]> {
  const found = await chaptersOf(catalog, row.id);
  return found.map(({ title, startMs }) => ({ kind: "chapter", atMs: startMs, text: title }));
}

export interface HeardFacts extends MeetingFacts {
  readonly words: readonly Word[];
  readonly silences: readonly TimeSpan[];
  readonly glossary: readonly string[];
  readonly proposals: readonly GlossaryProposal[];
  readonly loops: readonly TimeSpan[];
}

export function heardFacts({ catalog, settings }: Parts, row: PublishableRow): HeardFacts {
  const doubts = chunksOf(catalog, row.id).flatMap((chunk) => chunk.doubts);
  const city = cityOfRow({ settings }, row);
  const glossaryName = city?.glossary ?? city?.name ?? row.city;
  return {
    ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
    words: wordsOf(catalog, row.id),
    silences: silencesOf(catalog, row.recordingId),
    glossary:
      glossaryName === null || glossaryName === undefined
        ? []
        : glossaryOf(catalog, glossaryName).map(({ term }) => term),
    proposals: proposalsOf(catalog, row.id),
    loops: doubts.filter(({ reason }) => reason === "loop").map(({ startMs, endMs }) => ({ startMs, endMs })),
    doubts: doubtIssues(doubts),
  };
}
