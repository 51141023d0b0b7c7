/** Estimates when transcription jobs end, from the measured speed of the model that each uses. */
import { measuredSpeed } from "../catalog/repositories/transcriptions.ts";
import type { EstimatedJobs } from "../queue/job-view.ts";
import { overridesSchema, processPayloadSchema } from "./job-payload.ts";

export const transcriptionEstimates: EstimatedJobs = {
  types: ["process"],
  measureSpeed: (catalog) => {
    const { byModel, overall } = measuredSpeed(catalog);
    return { byGroup: byModel, overall };
  },
  getSpeedGroup: (job) => {
    if (job.type !== "process") return undefined;
    const overrides = overridesSchema.safeParse(JSON.parse(job.overrides)).data;
    return overrides?.model ?? processPayloadSchema.safeParse(JSON.parse(job.payload)).data?.model;
  },
};
