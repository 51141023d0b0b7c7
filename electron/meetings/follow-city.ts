/** Lets what depends on a meeting's city follow it, as far as that needs no sound: suggested names, rules, issues, score. */
import { createDocument } from "../captions/editing/document.ts";
import { checkDocument } from "../captions/editing/document-issues.ts";
import { scoreCaptions } from "../captions/quality/score.ts";
import { listWords } from "../catalog/repositories/chunks.ts";
import { countUnversionedEdits, findDraft, listNoSpeechMarks } from "../catalog/repositories/drafts.ts";
import { listGlossaryTerms, replaceProposals } from "../catalog/repositories/glossary.ts";
import { storeIssues } from "../catalog/repositories/outputs.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import { findNewestCues, findNewestVersionNumber } from "../catalog/repositories/versions.ts";
import { getEditingProfile, getGlossaryName, loadTranscript } from "../editing/meeting-facts.ts";
import { findNearMisses } from "../speech/vocabulary/near-misses.ts";
import type { StationServices } from "../station-services.ts";

/** @param row the meeting with its new city */
export async function followCity(services: StationServices, row: PublishableRow): Promise<void> {
  const { catalog } = services;
  if (findNewestVersionNumber(catalog, row.id) === undefined) return;
  const glossaryName = getGlossaryName(services, row);
  const terms = glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName);
  replaceProposals(catalog, row.id, findNearMisses(listWords(catalog, row.id), terms).proposals);
  const facts = await loadTranscript(services, row);
  // Nothing is awaited from here on: what is checked is what is stored.
  const profile = getEditingProfile(services, row);
  const draft = countUnversionedEdits(catalog, row.id) === 0 ? findDraft(catalog, row.id) : undefined;
  const marks = listNoSpeechMarks(catalog, { recordingId: row.recordingId, transcriptionId: row.id });
  const document = draft?.document ?? createDocument(findNewestCues(catalog, row.id), marks);
  const issues = checkDocument(document, facts, profile);
  storeIssues(catalog, row.id, issues, scoreCaptions(document.cues, issues, profile, facts).overall);
}
