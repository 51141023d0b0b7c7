import { parse } from "node:path";
import { findSummary, storeSummary } from "../../catalog/repositories/insights.ts";
import { listStyledWords } from "../../catalog/repositories/style-edits.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarize } from "../../insight/summary.ts";
import { getDecodedLength } from "../decoded-length.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** The options that affect a summary, used to tell whether an existing one is still valid. */
const summaryOptions = ({ services }: TranscriptionRun): string => JSON.stringify(services.settings.insight);

/** Creates summary and key phrases. */
export const summarizeStage: TranscriptionStage = {
  name: "summarise",
  isDone: (job) =>
    job.request.enrich === false ||
    findSummary(job.services.catalog, job.transcription.id)?.options === summaryOptions(job),
  run: async (job) => {
    const { services, transcription, recording, request } = job;
    const { catalog, settings } = services;
    const summary = await summarize(listStyledWords(catalog, transcription.id), {
      sentences: settings.insight.summarySentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const head = { title: parse(request.path).name, durationMs: getDecodedLength(catalog, recording.id).durationMs };
    const markdown = formatSummary(summary, head);
    storeSummary(catalog, transcription.id, { markdown, options: summaryOptions(job), ...summary });
  },
};
