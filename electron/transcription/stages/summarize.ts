import { parse } from "node:path";
import { wordsOf } from "../../catalog/repositories/chunks.ts";
import { storeSummary, summaryOf } from "../../catalog/repositories/insights.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarise } from "../../insight/summary.ts";
import { lengthOf } from "../decoded-length.ts";
import type { Job, Step } from "../transcription-run.ts";

/** What decides how a summary comes out, to tell whether one that is there is still the right one. */
const summaryOptions = ({ workshop }: Job): string => JSON.stringify(workshop.settings.insight);

/** Summary and key phrases. */
export const summariseStep: Step = {
  name: "summarise",
  isDone: (job) =>
    job.request.enrich === false ||
    summaryOf(job.workshop.catalog, job.transcription.id)?.options === summaryOptions(job),
  run: async (job) => {
    const { workshop, transcription, recording, request } = job;
    const { catalog, settings } = workshop;
    const summary = await summarise(wordsOf(catalog, transcription.id), {
      sentences: settings.insight.summarySentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const head = { title: parse(request.path).name, durationMs: lengthOf(catalog, recording.id).durationMs };
    const markdown = formatSummary(summary, head);
    storeSummary(catalog, transcription.id, { markdown, options: summaryOptions(job), ...summary });
  },
};
