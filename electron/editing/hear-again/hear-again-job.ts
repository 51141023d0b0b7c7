/** The job that hears a part of a meeting again, and puts it into the captions. */
import { widenSpan } from "../../captions/editing/hear-again.ts";
import type { TimeSpan } from "../../captions/time/span.ts";
import type { Word } from "../../captions/word.ts";
import { findHearing, type HearingOutcome, listHearingChunks } from "../../catalog/repositories/hearings.ts";
import { type PublishableRow, requirePublishable } from "../../catalog/repositories/publishing.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { defineJobKind, type JobContext, type JobKind } from "../../queue/job-kind.ts";
import type { StationServices } from "../../station-services.ts";
import { stageTitles, type TranscriptionEvent } from "../../transcription/events.ts";
import { hearSpan } from "../../transcription/hearing/hear-span.ts";
import { chooseHearing, describeHearing } from "../../transcription/hearing/hearing-request.ts";
import type { EditingService } from "../editing-service.ts";
import { getEditingProfile, getGlossaryName, styleWords } from "../meeting-facts.ts";
import { applyHearing, describeOutcome } from "./apply-hearing.ts";
import { type HearAgainPayload, hearAgainPayloadSchema } from "./payload.ts";
import { releaseUnneededSound } from "./unneeded-sound.ts";

/** The name under which an edit appears that nobody at a screen has asked for. */
const noPerson = "Archivist";

/** Fraction of the job's progress that hearing takes; the edit takes a moment. */
const hearingShare = 0.98;

export interface HearAgainResult extends HearingOutcome {
  readonly transcriptionId: string;
  readonly message: string;
  /** Number of the version that was made of it; null: none was. */
  readonly version: number | null;
  /** The job that writes the files of that version. */
  readonly exportJobId: string | null;
}

export function createHearAgainJobKind(services: StationServices, editing: EditingService): JobKind {
  return defineJobKind({
    type: "hear_again",
    payload: hearAgainPayloadSchema,
    steps: () => [{ name: "hear" }, { name: "replace" }],
    run: async (context) => {
      const { payload, job, step } = context;
      const row = requirePublishable(services.catalog, payload.transcriptionId);
      context.setJobFacts({
        transcriptionId: row.id,
        ...(row.durationMs === null ? {} : { durationMs: row.durationMs }),
      });
      try {
        const { from } = await step("hear", () => hear(services, editing, context, row));
        return await step("replace", () => replace(services, editing, context, row, from));
      } finally {
        // While the captions are open, the sound stays: another part may be asked for.
        if (!editing.isInWindow(row.id)) {
          editing.release(row.id);
          await releaseUnneededSound(services, row, job.id);
        }
      }
    },
  });
}

type HearAgainContext = JobContext<HearAgainPayload>;

/** The span as it was widened when the hearing began, or as the captions are now. */
async function findSpan(
  services: StationServices,
  editing: EditingService,
  id: string,
  asked: TimeSpan,
  row: PublishableRow,
) {
  const begun = findHearing(services.catalog, id);
  if (begun !== undefined) return { startMs: begun.startMs, endMs: begun.endMs };
  const { meeting } = await editing.open(row.id);
  const { startMs, endMs } = widenSpan(asked, meeting.document.cues);
  const span = { startMs, endMs: Math.min(endMs, row.durationMs ?? endMs) };
  if (span.endMs > span.startMs) return span;
  throw new ArchivistError("usage.invalid", {
    cause: "the time lies behind the end of the recording",
    remedy: "Choose a time within the recording.",
  });
}

async function hear(
  services: StationServices,
  editing: EditingService,
  { payload, job, order, signal, report }: HearAgainContext,
  row: PublishableRow,
): Promise<{ readonly from: string }> {
  const span = await findSpan(services, editing, job.id, payload, row);
  const chosen = chooseHearing(services, row.id, span, payload);
  services.liveWords.forget(job.id);
  const listener = (event: TranscriptionEvent): void => {
    if (event.kind === "words") services.liveWords.add(job.id, event.words);
    else if (event.kind === "notice") report({ progress: 0, stage: "hear", message: event.message });
    else if (event.kind === "step") report({ progress: 0, stage: event.step, message: stageTitles[event.step] });
    else if (event.kind === "progress") {
      const { step, share, etaMs, piece } = event;
      const where = piece === undefined ? "" : `, piece ${piece.number} of ${piece.count}`;
      report({ progress: share * hearingShare, stage: step, message: `${stageTitles[step]}${where}`, etaMs });
    }
  };
  const unsubscribe = services.onEngineNotice((message) => listener({ kind: "notice", message }));
  try {
    const glossaryName = getGlossaryName(services, row);
    const { id: transcriptionId } = row;
    await hearSpan(services, { id: job.id, transcriptionId, span, glossaryName, chosen, order }, listener, signal);
  } finally {
    unsubscribe();
  }
  return { from: describeHearing(chosen) };
}

async function replace(
  services: StationServices,
  editing: EditingService,
  { payload, job, report, signal }: HearAgainContext,
  row: PublishableRow,
  from: string,
): Promise<HearAgainResult> {
  const { catalog } = services;
  const hearing = findHearing(catalog, job.id);
  if (hearing === undefined) throw new ArchivistError("internal", { cause: "what was heard is not there" });
  const { meeting } = await editing.open(row.id);
  if (signal.aborted) throw new ArchivistError("interrupted");
  const wasInVersion = !meeting.hasUnversionedEdits && meeting.people.view().writer === null;
  const words: readonly Word[] = listHearingChunks(catalog, job.id).flatMap((chunk) =>
    styleWords(services, row, chunk.words ?? [], chunk.language ?? ""),
  );
  const profile = getEditingProfile(services, row).cues;
  const by = payload.by ?? noPerson;
  const span = { startMs: hearing.startMs, endMs: hearing.endMs };
  // A run that ended between the edit and the end of this step has left its outcome.
  const outcome =
    hearing.outcome ??
    applyHearing(catalog, meeting, { id: job.id, transcriptionId: row.id, span, words, profile, from, by });
  const makesVersion =
    payload.makesVersion && (wasInVersion || hearing.outcome !== null) && meeting.hasUnversionedEdits;
  const version = makesVersion ? await editing.createVersionByStation(row, "heard again") : undefined;
  const left =
    payload.makesVersion && version === undefined && outcome.inserted > 0
      ? " The captions are being corrected: the files are written when a person saves a version."
      : "";
  const message = `${describeOutcome(outcome)}${left}`;
  report({ progress: 1, stage: "replace", message });
  return {
    transcriptionId: row.id,
    ...outcome,
    message,
    version: version?.number ?? null,
    exportJobId: version?.jobId ?? null,
  };
}
