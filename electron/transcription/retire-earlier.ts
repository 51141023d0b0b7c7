/** Takes earlier work out of the library once a newer recording has everything that people have made of it. */
import { type EditCue, plainCue } from "../captions/editing/document.ts";
import { markDeleted } from "../catalog/repositories/deleted-meetings.ts";
import { findDraft } from "../catalog/repositories/drafts.ts";
import { addChange, listChanges } from "../catalog/repositories/meeting-facts.ts";
import { retireWork } from "../catalog/repositories/transcriptions.ts";
import { findNewestCues } from "../catalog/repositories/versions.ts";
import type { EarlierWork } from "./earlier-work.ts";
import { findWorkOfPeople } from "./stages/join.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

const toText = ({ lines }: Pick<EditCue, "lines">): string => lines.join("\n");

/** True if every caption of people whose sound is in the recording is there: somebody may have gone on correcting meanwhile. */
function hasEverything({ services: { catalog }, transcription }: TranscriptionRun, earlier: EarlierWork): boolean {
  const people = findWorkOfPeople(catalog, earlier.transcriptionId);
  if (people === undefined) return true;
  const draft = findDraft(catalog, transcription.id)?.document.cues.map(plainCue);
  const texts = new Set((draft ?? findNewestCues(catalog, transcription.id)).map(toText));
  return people.cues.every((cue) => {
    const middle = (cue.startMs + cue.endMs) / 2;
    const isInside = earlier.spans.some(({ startMs, endMs }) => middle >= startMs && middle < endMs);
    return !isInside || texts.has(toText(cue));
  });
}

/**
 * An earlier copy at the same place is no meeting of its own any more. Parts and worse copies are deleted, and can be brought
 * back for thirty days. What was corrected meanwhile keeps an earlier meeting in the library.
 */
export function retireEarlierWork(run: TranscriptionRun, earlier: EarlierWork): void {
  const { services, request, transcription } = run;
  const { catalog, clock, logs } = services;
  const { transcriptionId, kind } = earlier;
  if (kind === "completed") {
    retireWork(catalog, transcriptionId);
    return;
  }
  if (!hasEverything(run, earlier)) {
    logs.transcription.warn("an earlier meeting stays: it was corrected meanwhile", { transcription: transcriptionId });
    return;
  }
  const date = clock.now().toISOString();
  const madeBy = request.by ?? "Archivist";
  catalog.transaction(() => {
    markDeleted(catalog, transcriptionId, madeBy, date);
    addChange(catalog, transcriptionId, { kind, fields: [], madeBy, madeDate: date });
    const isLogged = listChanges(catalog, transcription.id).some((change) => change.kind === kind);
    if (!isLogged) addChange(catalog, transcription.id, { kind, fields: [], madeBy, madeDate: date });
  });
}
