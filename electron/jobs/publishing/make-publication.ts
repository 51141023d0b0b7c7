/** What is published of a transcription, out of the catalog. */

import type { Publication } from "../../cablecast/publisher/publication.ts";
import { encodeScc } from "../../captions/scc/encode.ts";
import { wordsOf } from "../../catalog/repositories/chunks.ts";
import { summaryOf } from "../../catalog/repositories/insights.ts";
import type { PublishableRow } from "../../catalog/repositories/publishing.ts";
import { newestCues } from "../../catalog/repositories/versions.ts";
import { findAgendaItems } from "../../insight/agenda.ts";
import { readFileName } from "../../shares/discovery/file-name.ts";
import { cityOf, shareOf } from "../../shares/which-share.ts";
import { profileOf } from "../pipeline/work-options.ts";
import type { Workshop } from "../workshop.ts";

/** A description is read by viewers, who want a paragraph. */
const longestDescription = 1_000;

function describe(sentences: readonly { readonly text: string }[]): string {
  let description = "";
  for (const { text } of sentences) {
    if (description.length + text.length + 1 > longestDescription) break;
    description = `${description} ${text}`.trim();
  }
  return description;
}

/** What a person may say otherwise for one publication. */
export interface PublicationWish {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
}

export async function makePublication(
  { catalog, settings }: Workshop,
  row: PublishableRow,
  wish: PublicationWish = {},
): Promise<Publication> {
  const held = shareOf(settings.shares.servers, row.filePath);
  const { members } = settings.cities;
  const city = (held && cityOf(members, held.share.label, held.below)) ?? members.find(({ name }) => name === row.city);
  const named = readFileName(row.filename, city?.namePatterns);
  const date = named.date ?? new Date().toISOString().slice(0, 10);
  const own = [city?.name, named.type].filter((part) => part !== undefined && part !== "").join(" ");
  const publicTitle = wish.title ?? (city === undefined || named.type === undefined ? named.title : own);
  const cues = newestCues(catalog, row.id);
  const profile = profileOf(settings, { profile: city?.captionProfile ?? undefined }).cues;
  return {
    transcriptionId: row.id,
    recordingId: row.recordingId,
    path: row.filePath,
    seconds: Math.ceil((row.durationMs ?? 0) / 1000),
    title: wish.title ?? `${publicTitle} ${date}`,
    publicTitle,
    description: wish.description ?? describe(summaryOf(catalog, row.id)?.sentences ?? []),
    date,
    category: city?.cablecast.category ?? null,
    producer: city?.cablecast.producer ?? null,
    project: city?.cablecast.project ?? null,
    cues,
    scc: encodeScc(cues, { profile }).text,
    chapters: (await findAgendaItems(wordsOf(catalog, row.id))).map(({ title, startMs }) => ({
      title,
      offset: Math.floor(startMs / 1000),
    })),
  };
}
