import { listChunks, storePlan } from "../../catalog/repositories/chunks.ts";
import { listSpeechSpans } from "../../catalog/repositories/speech-spans.ts";
import { speechThreads } from "../../config/machine.ts";
import { planLanguages } from "../../speech/recognition/several-languages.ts";
import { toSampleRange } from "../../speech/sample-range.ts";
import { hasCompleted } from "../completed-stages.ts";
import { getDecodedSound } from "../decoded-length.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";
import { findMainLanguage } from "./speech-options.ts";
import { withRetries } from "./with-retries.ts";

/** The languages that are looked for besides the meeting's own. */
const listOthers = ({ request }: TranscriptionRun): readonly string[] => request.otherLanguages ?? [];

/** Finds which language is spoken in each chunk, where others than the meeting's are expected. */
export const languagesStage: TranscriptionStage = {
  name: "languages",
  isDone: (job) => listOthers(job).length === 0 || hasCompleted(job, "languages"),
  run: async (job) => {
    const { services, request, transcription, signal } = job;
    const { catalog, settings, machine } = services;
    const chunks = listChunks(catalog, transcription.id);
    if (chunks.some(({ status }) => status === "completed")) return;
    if (!request.model.multilingual) {
      job.listener({
        kind: "notice",
        message: `${request.model.name} knows English only: other languages are not looked for.`,
      });
      return;
    }
    const threads = speechThreads(request.threads ?? settings.speech.threads, machine);
    const main = await findMainLanguage(job, chunks, threads);
    const others = listOthers(job).filter((language) => language !== main);
    if (others.length === 0) return;
    const { pcm, sampleCount } = getDecodedSound(job);
    const windows = await planLanguages({
      windows: chunks.map(({ stretches }) => stretches),
      speech: listSpeechSpans(catalog, transcription.id),
      languages: [main, ...others],
      windowMs: Math.round(settings.speech.windowSeconds * 1000),
      listen: async (spans) => {
        const stretches = spans.map((span) => toSampleRange(span, sampleCount));
        const { places, probabilities } = await withRetries(job, (engine) =>
          engine.detectLanguage({ pcm, stretches }, threads, signal),
        );
        return places.map((language, index) => ({ language, probability: probabilities[index] ?? 0 }));
      },
    });
    storePlan(
      catalog,
      transcription.id,
      windows.map(({ stretches, language }) => ({ stretches, spokenLanguage: language })),
    );
    const found = others.filter((language) => windows.some((window) => window.language === language));
    if (found.length > 0) {
      job.listener({ kind: "notice", message: `Besides ${main}, people speak ${found.join(", ")}.` });
    }
  },
};
