/** Chapters of a version: the agenda items that its words call, as people have corrected them. */
import { withoutSounds } from "../captions/editing/version-words.ts";
import type { Catalog } from "../catalog/open.ts";
import { findDraftChapters } from "../catalog/repositories/drafts.ts";
import { findNewestVersionNumber, findVersionChapters } from "../catalog/repositories/versions.ts";
import { type AgendaItem, findAgendaItems } from "../insight/agenda/called-items.ts";
import { followWords } from "../insight/chapters.ts";
import { listVersionWords } from "../transcription/derivation/version-words.ts";

/** Cache of the agenda items of recent versions, which never change: searching six hours of words takes a moment. */
const kept = new Map<string, readonly AgendaItem[]>();
const maxKept = 50;

/** The agenda items that the words of a version call. */
async function findCalledItems(
  catalog: Catalog,
  transcriptionId: string,
  number: number,
): Promise<readonly AgendaItem[]> {
  const key = `${transcriptionId} ${number}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const words = listVersionWords(catalog, transcriptionId, number);
  const items = await findAgendaItems(number === 0 ? words : withoutSounds(words));
  // Until there is a version, words keep arriving.
  if (findNewestVersionNumber(catalog, transcriptionId) !== undefined) {
    kept.set(key, items);
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  }
  return items;
}

/**
 * The chapters of a version, in order of time.
 * @param number of the version; the newest one where it is not given
 */
export async function findChapters(
  catalog: Catalog,
  transcriptionId: string,
  number = findNewestVersionNumber(catalog, transcriptionId) ?? 0,
): Promise<readonly AgendaItem[]> {
  const found = await findCalledItems(catalog, transcriptionId, number);
  const draft = findDraftChapters(catalog, transcriptionId);
  if (draft === undefined) return found;
  const { base } = draft;
  // A version that was made before its chapters were noted has those that stand in the captions now; one that nobody had
  // opened, those of the machine.
  const current = findVersionChapters(catalog, transcriptionId, number) ?? (number === 0 ? base : draft.current);
  return followWords(found, { base, current });
}
