/** Puts what was heard again into the captions: one edit, which leaves alone what people have accepted or edited. */
import { listUntouched, planHearAgain } from "../../captions/editing/hear-again.ts";
import type { CueProfile } from "../../captions/quality/caption-profile.ts";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import type { Catalog } from "../../catalog/open.ts";
import { endHearing, type HearingOutcome } from "../../catalog/repositories/hearings.ts";
import { findCues } from "../../catalog/repositories/versions.ts";
import type { OpenMeeting } from "../open-meeting.ts";

export interface HearingToApply {
  readonly id: string;
  readonly transcriptionId: string;
  readonly span: TimeSpan;
  readonly words: readonly Word[];
  readonly profile: CueProfile;
  /** How it was heard, for the history. */
  readonly from: string;
  /** Who has asked for it. */
  readonly by: string;
}

/**
 * Applies a hearing to the captions as they are at this moment: nothing is awaited, so no edit can come in between.
 * @throws ArchivistError `edit.refused`, `disk.full`; nothing is changed then
 */
export function applyHearing(catalog: Catalog, meeting: OpenMeeting, hearing: HearingToApply): HearingOutcome {
  const { id, transcriptionId, span, words, profile, from, by } = hearing;
  const { document, entries } = meeting;
  const untouched = listUntouched(document, findCues(catalog, transcriptionId, 0) ?? [], entries);
  const plan = planHearAgain({ document, untouched, span, words, profile });
  const { replaced, cues, kept, unrecognized } = plan;
  const left = { kept: kept.length, unrecognized: unrecognized.length };
  const outcome: HearingOutcome = { replaced: replaced.length, inserted: cues.length, ...left };
  const end = (editSeq: number): void => endHearing(catalog, id, { outcome, spans: plan.spans, editSeq });
  const edit =
    cues.length === 0
      ? undefined
      : meeting.editByStation({ type: "hear-again", hearing: id, from, replaced, cues: [...cues] }, by, end);
  if (edit !== undefined) return outcome;
  // Nothing was heard, or just what stands there already.
  const nothing: HearingOutcome = { replaced: 0, inserted: 0, ...left };
  endHearing(catalog, id, { outcome: nothing, spans: [], editSeq: null });
  return nothing;
}

const count = (number: number): string => `${number} ${number === 1 ? "caption" : "captions"}`;

/** What a person is told of it. */
export function describeOutcome({ replaced, inserted, kept, unrecognized }: HearingOutcome): string {
  const stay = (number: number): string => (number === 1 ? "stays as it is" : "stay as they are");
  const parts = [
    inserted === 0
      ? "no captions were replaced"
      : replaced === 0
        ? `${count(inserted)} added`
        : `${count(replaced)} replaced by ${inserted}`,
    ...(kept === 0 ? [] : [`${count(kept)} that a person has accepted or edited ${stay(kept)}`]),
    ...(unrecognized === 0 ? [] : [`${count(unrecognized)} ${stay(unrecognized)}, because nothing was heard there`]),
  ];
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
