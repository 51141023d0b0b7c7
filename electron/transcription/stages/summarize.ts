import { parse } from "node:path";
import { listWords } from "../../catalog/repositories/chunks.ts";
import { findSummary, storeSummary } from "../../catalog/repositories/insights.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarize } from "../../insight/summary.ts";
import { getDecodedLength } from "../decoded-length.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** What decides how a summary comes out, to tell whether one that is there is still the right one. */
const summaryOptions = ({ services }: TranscriptionRun): string => JSON.stringify(services.settings.insight);

/** Summary and key phrases. */
export const summarizeStage: TranscriptionStage = {
  name: "summarise",
  isDone: (job) =>
    job.request.enrich === false ||
    findSummary(job.services.catalog, job.transcription.id)?.options === summaryOptions(job),
  run: async (job) => {
    const { services, transcription, recording, request } = job;
    const { catalog, settings } = services;
    const summary = await summarize(listWords(catalog, transcription.id), {
      sentences: settings.insight.summarySentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const head = { title: parse(request.path).name, durationMs: getDecodedLength(catalog, recording.id).durationMs };
    const markdown = formatSummary(summary, head);
    storeSummary(catalog, transcription.id, { markdown, options: summaryOptions(job), ...summary });
  },
};
