/** Names as a city spells them, and where similar words were recognized. */

import type { TermKind } from "../../contract/glossary.ts";
import { and, asc, eq, sql } from "../drizzle.ts";
import { inBatches } from "../in-batches.ts";
import type { Catalog } from "../open.ts";
import { glossaryProposals, glossaryTerms } from "../schema.ts";

export interface GlossaryTerm {
  readonly term: string;
  readonly kind: TermKind;
  /** Number of transcriptions in which it was recognized. */
  readonly timesHeard: number;
}

/** Lists the names of a city in alphabetical order. */
export function listGlossaryTerms(catalog: Catalog, city: string): readonly GlossaryTerm[] {
  return catalog.database
    .select({ term: glossaryTerms.term, kind: glossaryTerms.kind, timesHeard: glossaryTerms.timesHeard })
    .from(glossaryTerms)
    .where(eq(glossaryTerms.city, city))
    .orderBy(asc(sql`${glossaryTerms.term} COLLATE NOCASE`))
    .all();
}

/** Lists every city that has names, with their number. */
export function glossaryCities(catalog: Catalog): readonly { readonly city: string; readonly terms: number }[] {
  return catalog.database
    .select({ city: glossaryTerms.city, terms: sql<number>`count(*)` })
    .from(glossaryTerms)
    .groupBy(glossaryTerms.city)
    .orderBy(asc(glossaryTerms.city))
    .all();
}

/**
 * Adds names; an existing one gets the new kind and keeps its count.
 * @returns the number of new names
 */
export function addTerms(
  catalog: Catalog,
  city: string,
  terms: readonly { readonly term: string; readonly kind: TermKind }[],
): number {
  return catalog.transaction(() => {
    const before = listGlossaryTerms(catalog, city).length;
    for (const { term, kind } of terms) {
      catalog.database
        .insert(glossaryTerms)
        .values({ city, term, kind })
        .onConflictDoUpdate({ target: [glossaryTerms.city, glossaryTerms.term], set: { kind } })
        .run();
    }
    return listGlossaryTerms(catalog, city).length - before;
  });
}

/** Replaces the names of a city: names that stay keep their counts, all others are deleted. */
export function replaceTerms(
  catalog: Catalog,
  city: string,
  terms: readonly { readonly term: string; readonly kind: TermKind }[],
): void {
  const wanted = new Set(terms.map(({ term }) => term));
  catalog.transaction(() => {
    for (const { term } of listGlossaryTerms(catalog, city)) if (!wanted.has(term)) removeTerm(catalog, city, term);
    addTerms(catalog, city, terms);
  });
}

/** @returns false when there is no such name */
export function removeTerm(catalog: Catalog, city: string, term: string): boolean {
  const done = catalog.database
    .delete(glossaryTerms)
    .where(and(eq(glossaryTerms.city, city), eq(glossaryTerms.term, term)))
    .run();
  return done.changes > 0;
}

/** Words were recognized that resemble a name of the glossary. */
export interface GlossaryProposal {
  /** Index of the first word in the whole transcription, from 0. */
  readonly wordIndex: number;
  readonly wordCount: number;
  readonly heard: string;
  readonly term: string;
  /** 0 to 1. */
  readonly likeness: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Replaces the proposals of a transcription, and counts the names that were recognized in it. */
export function storeGlossaryFindings(
  catalog: Catalog,
  transcriptionId: string,
  findings: {
    readonly glossaryName: string;
    readonly proposals: readonly GlossaryProposal[];
    readonly heardTerms: readonly string[];
    readonly date: string;
  },
): void {
  catalog.transaction(() => {
    const { database } = catalog;
    replaceProposals(catalog, transcriptionId, findings.proposals);
    for (const term of findings.heardTerms) {
      database
        .update(glossaryTerms)
        .set({ timesHeard: sql`${glossaryTerms.timesHeard} + 1`, lastHeardDate: findings.date })
        .where(and(eq(glossaryTerms.city, findings.glossaryName), eq(glossaryTerms.term, term)))
        .run();
    }
  });
}

/** Replaces the proposals of a transcription. */
export function replaceProposals(
  catalog: Catalog,
  transcriptionId: string,
  proposals: readonly GlossaryProposal[],
): void {
  catalog.transaction(() => {
    const { database } = catalog;
    database.delete(glossaryProposals).where(eq(glossaryProposals.transcriptionId, transcriptionId)).run();
    const rows = proposals.map((proposal) => ({ transcriptionId, ...proposal }));
    for (const batch of inBatches(rows)) database.insert(glossaryProposals).values(batch).run();
  });
}

/** In order of time. */
export function listProposals(catalog: Catalog, transcriptionId: string): readonly GlossaryProposal[] {
  return catalog.database
    .select({
      wordIndex: glossaryProposals.wordIndex,
      wordCount: glossaryProposals.wordCount,
      heard: glossaryProposals.heard,
      term: glossaryProposals.term,
      likeness: glossaryProposals.likeness,
      startMs: glossaryProposals.startMs,
      endMs: glossaryProposals.endMs,
    })
    .from(glossaryProposals)
    .where(eq(glossaryProposals.transcriptionId, transcriptionId))
    .orderBy(asc(glossaryProposals.wordIndex), asc(glossaryProposals.term))
    .all();
}
