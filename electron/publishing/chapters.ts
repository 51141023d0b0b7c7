/** Chapters of a meeting: as corrected by a user, otherwise derived from the agenda items found in the words. */
import type { Catalog } from "../catalog/open.ts";
import { listDraftChapters } from "../catalog/repositories/drafts.ts";
import { listStyledWords } from "../catalog/repositories/style-edits.ts";
import { type AgendaItem, findAgendaItems } from "../insight/agenda.ts";

/** Cache of the most recent meetings: searching six hours of words takes a moment. */
const kept = new Map<string, readonly AgendaItem[]>();
const maxKept = 50;

export async function findChapters(catalog: Catalog, transcriptionId: string): Promise<readonly AgendaItem[]> {
  const corrected = listDraftChapters(catalog, transcriptionId);
  if (corrected !== undefined) return corrected;
  const known = kept.get(transcriptionId);
  if (known !== undefined) return known;
  const words = listStyledWords(catalog, transcriptionId);
  const items = await findAgendaItems(words);
  // Empty results are not cached: words keep arriving until a transcription has ended.
  if (words.length > 0 && items.length > 0) {
    kept.set(transcriptionId, items);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  }
  return items;
}
