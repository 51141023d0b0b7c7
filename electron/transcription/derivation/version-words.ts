/** The words of a version of the captions. */
import { toVersionWords } from "../../captions/editing/version-words.ts";
import type { Word } from "../../captions/word.ts";
import type { Catalog } from "../../catalog/open.ts";
import { listHearingSpans } from "../../catalog/repositories/hearings.ts";
import { listStyledWords } from "../../catalog/repositories/style-edits.ts";
import { findCues } from "../../catalog/repositories/versions.ts";

/**
 * The words of a version, with their times. Those of version 0 are the machine's as the city writes them, as long as no
 * part was heard again.
 */
export function listVersionWords(catalog: Catalog, transcriptionId: string, number: number): readonly Word[] {
  const machine = listStyledWords(catalog, transcriptionId);
  if (number === 0 && listHearingSpans(catalog, transcriptionId).length === 0) return machine;
  return toVersionWords(findCues(catalog, transcriptionId, number) ?? [], machine);
}
