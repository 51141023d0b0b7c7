import { parse } from "node:path";
import { findSummary, storeSummary } from "../../catalog/repositories/insights.ts";
import { listStyledWords } from "../../catalog/repositories/style-edits.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarize } from "../../insight/summary.ts";
import { getDecodedLength } from "../decoded-length.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** For a recording that is to have a summary at a station that usually makes none. */
const defaultSentences = 10;

/** The options that affect a summary, used to tell whether an existing one is still valid. */
const summaryOptions = ({ services }: TranscriptionRun): string => JSON.stringify(services.settings.insight);

/** Creates summary and key phrases. */
export const summarizeStage: TranscriptionStage = {
  name: "summarise",
  isDone: (job) =>
    job.request.enrich === false ||
    !job.transcription.includeSummary ||
    findSummary(job.services.catalog, job.transcription.id)?.options === summaryOptions(job),
  run: async (job) => {
    const { services, transcription, recording, request } = job;
    const { catalog, settings } = services;
    const summary = await summarize(listStyledWords(catalog, transcription.id), {
      sentences: settings.insight.summarySentences || defaultSentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const head = { title: parse(request.path).name, durationMs: getDecodedLength(catalog, recording.id).durationMs };
    const markdown = formatSummary(summary, head);
    storeSummary(catalog, transcription.id, { markdown, options: summaryOptions(job), ...summary });
  },
};
