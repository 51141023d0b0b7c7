import { readFile } from "node:fs/promises";
import { chunksOf, storePlan } from "../../catalog/repositories/chunks.ts";
import { silencesOf } from "../../catalog/repositories/recordings.ts";
import { decodedFiles } from "../../media/decode.ts";
import { quietestPoint } from "../../media/peaks.ts";
import { planChunks } from "../../speech/chunk-plan.ts";
import type { Step } from "../job.ts";
import { lengthOf } from "../length.ts";

/** The pieces that are transcribed one by one. */
export const planStep: Step = {
  name: "plan",
  isDone: ({ workshop, transcription }) => chunksOf(workshop.catalog, transcription.id).length > 0,
  run: async ({ workshop, transcription, recording, folder }) => {
    const { catalog, settings } = workshop;
    const peaks = await readFile(decodedFiles(folder).peaks);
    const plan = planChunks({
      durationMs: lengthOf(catalog, recording.id).durationMs,
      silences: silencesOf(catalog, recording.id),
      chunkMs: Math.round(settings.speech.chunkMinutes * 60_000),
      quietestPoint: (fromMs, toMs) => quietestPoint(peaks, fromMs, toMs),
    });
    storePlan(catalog, transcription.id, plan);
  },
};
