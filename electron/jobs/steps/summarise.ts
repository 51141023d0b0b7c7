import { parse } from "node:path";
import { wordsOf } from "../../catalog/repositories/chunks.ts";
import { storeSummary, summaryOf } from "../../catalog/repositories/insights.ts";
import { formatSummary } from "../../insight/markdown.ts";
import { summarise } from "../../insight/summary.ts";
import type { Step } from "../job.ts";
import { lengthOf } from "../length.ts";

/** Summary and key phrases. */
export const summariseStep: Step = {
  name: "summarise",
  isDone: ({ workshop, transcription }) => summaryOf(workshop.catalog, transcription.id) !== undefined,
  run: async ({ workshop, transcription, recording, request }) => {
    const { catalog, settings } = workshop;
    const summary = await summarise(wordsOf(catalog, transcription.id), {
      sentences: settings.insight.summarySentences,
      keyPhrases: settings.insight.keyPhrases,
    });
    const head = { title: parse(request.path).name, durationMs: lengthOf(catalog, recording.id).durationMs };
    storeSummary(catalog, transcription.id, { markdown: formatSummary(summary, head), ...summary });
  },
};
