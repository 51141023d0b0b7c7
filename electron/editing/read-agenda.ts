/** The clerk's agenda of a meeting: its items, where they are called, and the names in it. */
import type { Cue } from "../captions/cue.ts";
import { listGlossaryTerms } from "../catalog/repositories/glossary.ts";
import { ArchivistError } from "../contract/errors.ts";
import { readDocument } from "../documents/document.ts";
import { type AgendaName, findAgendaNames } from "../insight/agenda/agenda-names.ts";
import { alignAgenda, type PlacedEntry } from "../insight/agenda/align-agenda.ts";
import { parseAgenda } from "../insight/agenda/parse-agenda.ts";
import type { StationServices } from "../station-services.ts";

export interface ReadAgenda {
  readonly items: readonly PlacedEntry[];
  /** Names that the city's glossary does not have yet. */
  readonly names: readonly AgendaName[];
}

interface AgendaRequest {
  readonly file: { readonly name: string; readonly bytes: Uint8Array };
  /** The meeting's captions. */
  readonly cues: readonly Cue[];
  /** Whose names are known; undefined: the meeting has no glossary. */
  readonly glossary: string | undefined;
}

/** @throws ArchivistError `document.unreadable`, also where it has no items */
export async function readAgenda(
  { catalog }: Pick<StationServices, "catalog">,
  { file, cues, glossary }: AgendaRequest,
): Promise<ReadAgenda> {
  const lines = await readDocument(file.name, file.bytes);
  const entries = parseAgenda(lines);
  if (entries.length === 0) {
    throw new ArchivistError("document.unreadable", { subject: file.name, cause: "no agenda items were found in it" });
  }
  const known = glossary === undefined ? [] : listGlossaryTerms(catalog, glossary).map(({ term }) => term);
  return { items: alignAgenda(entries, cues), names: findAgendaNames(lines, known) };
}
