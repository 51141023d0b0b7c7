/**
 * Joins what people have done to the captions of an incomplete copy of the recording with the captions of what was
 * missing in it.
 */
import type { CaptionDocument, EditCue, Mark } from "../../captions/editing/document.ts";
import { during, type TimeSpan } from "../../captions/time/span.ts";
import { addDraft, findDraft } from "../../catalog/repositories/drafts.ts";
import { addVersion, findCues, findNewestCues, findNewestVersionNumber } from "../../catalog/repositories/versions.ts";
import { findEarlierCopy } from "../earlier-copy.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

const isWithin = (spans: readonly TimeSpan[], atMs: number): boolean =>
  spans.some(({ startMs, endMs }) => atMs >= startMs && atMs < endMs);

const middle = ({ startMs, endMs }: TimeSpan): number => (startMs + endMs) / 2;

/**
 * The captions of people, with those of the machine where the recording was missing. Of two that would be shown at the
 * same time, a person's stays.
 */
export function joinCues<T extends TimeSpan>(
  people: readonly T[],
  machine: readonly T[],
  missing: readonly TimeSpan[],
): readonly T[] {
  const kept = people.filter((cue) => !isWithin(missing, middle(cue)));
  const filled = machine.filter((cue) => isWithin(missing, middle(cue)) && during(kept, cue).length === 0);
  return [...kept, ...filled].toSorted((a, b) => a.startMs - b.startMs);
}

/** What people have made of an earlier transcription; undefined: nothing. */
function findWorkOfPeople({ services: { catalog } }: TranscriptionRun, transcriptionId: string) {
  const draft = findDraft(catalog, transcriptionId);
  if (draft !== undefined && draft.seq > 0) return draft.document;
  if ((findNewestVersionNumber(catalog, transcriptionId) ?? 0) === 0) return undefined;
  const cues = findNewestCues(catalog, transcriptionId);
  return { cues: cues.map((cue, index): EditCue => ({ ...cue, id: index + 1 })), marks: [], nextId: cues.length + 1 };
}

export const joinStage: TranscriptionStage = {
  name: "join",
  isDone: (job) =>
    (findNewestVersionNumber(job.services.catalog, job.transcription.id) ?? 0) > 0 ||
    findEarlierCopy(job) === undefined,
  run: async (job) => {
    const { services, transcription } = job;
    const { catalog, clock } = services;
    const earlier = findEarlierCopy(job);
    const people = earlier && findWorkOfPeople(job, earlier.transcriptionId);
    if (earlier === undefined || people === undefined) return;
    const date = clock.now().toISOString();
    const machine = (findCues(catalog, transcription.id, 0) ?? []).map((cue): EditCue => ({ ...cue, id: 0 }));
    const cues = joinCues(people.cues, machine, earlier.missing).map((cue, index) => ({ ...cue, id: index + 1 }));
    // Marks of captions keep their caption; an answer to what was missing is none any more.
    const newIds = new Map(cues.map((cue) => [cue.startMs, cue.id]));
    const oldStarts = new Map(people.cues.map((cue) => [cue.id, cue.startMs]));
    const marks = people.marks.flatMap((mark): readonly Mark[] => {
      if (mark.kind === "no-speech" && isWithin(earlier.missing, mark.atMs)) return [];
      const cue = mark.cue === undefined ? undefined : newIds.get(oldStarts.get(mark.cue) ?? -1);
      if (mark.cue !== undefined && cue === undefined) return [];
      return [{ ...mark, ...(cue === undefined ? {} : { cue }) }];
    });
    const document: CaptionDocument = { cues, marks, nextId: Math.max(cues.length + 1, people.nextId) };
    catalog.transaction(() => {
      const plain = cues.map(({ id: _, reviewed: __, ...cue }) => cue);
      const name = "completed from the whole recording";
      const baseNumber = addVersion(catalog, transcription.id, { cues: plain, name, date });
      const baseMarks = marks.map(({ id: _, ...mark }) => mark);
      addDraft(catalog, { transcriptionId: transcription.id, baseNumber, baseMarks, document, date });
    });
  },
};
