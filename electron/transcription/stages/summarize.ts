import { deriveSummary, isSummaryCurrent } from "../derivation/summary.ts";
import type { TranscriptionStage } from "../transcription-run.ts";

/** Creates summary and key phrases. */
export const summarizeStage: TranscriptionStage = {
  name: "summarise",
  isDone: ({ services, transcription, request }) =>
    request.enrich === false || !transcription.includeSummary || isSummaryCurrent(services, transcription.id),
  run: async ({ services, transcription, recording, request }) => {
    await deriveSummary(services, {
      transcriptionId: transcription.id,
      recordingId: recording.id,
      path: request.path,
    });
  },
};
