import type { TimeSpan } from "../../captions/time/span.ts";
import type { Catalog } from "../../catalog/open.ts";
import { listGlossaryTerms } from "../../catalog/repositories/glossary.ts";
import { findTranscription, setSpeechFacts } from "../../catalog/repositories/transcriptions.ts";
import { speechThreads } from "../../config/machine.ts";
import type { TranscribeOptions } from "../../speech/engine.ts";
import { detectSpokenLanguage } from "../../speech/recognition/spoken-language.ts";
import { promptTerms } from "../../speech/vocabulary/prompt-terms.ts";
import { listSpokenNames } from "../../speech/vocabulary/spoken-names.ts";
import { getDecodedSound } from "../decoded-length.ts";
import type { TranscriptionRun } from "../transcription-run.ts";
import { withRetries } from "./with-retries.ts";

export type SpeechOptions = Omit<TranscribeOptions, "temperature" | "fallback">;

/** The names of a city's glossary, for engines that are given them in a prompt and for those that weigh them. */
export function getRecognitionNames(
  catalog: Catalog,
  glossaryName: string | undefined,
): Pick<TranscribeOptions, "vocabulary" | "names"> {
  const glossary = glossaryName === undefined ? [] : listGlossaryTerms(catalog, glossaryName);
  return { vocabulary: promptTerms(glossary), names: listSpokenNames(glossary) };
}

/** The options of the meeting's own language. */
export async function getSpeechOptions(
  job: TranscriptionRun,
  chunks: readonly { readonly stretches: readonly TimeSpan[] }[],
): Promise<SpeechOptions> {
  const { services, request } = job;
  const { speech } = services.settings;
  const threads = speechThreads(request.threads ?? speech.threads, services.machine);
  return {
    language: await findMainLanguage(job, chunks, threads),
    translate: request.translate,
    ...getRecognitionNames(services.catalog, request.glossaryName),
    threads,
    beamSize: speech.beamSize,
  };
}

/** The configured language, or the one that was detected, now or in an earlier attempt. */
export async function findMainLanguage(
  job: TranscriptionRun,
  chunks: readonly { readonly stretches: readonly TimeSpan[] }[],
  threads: number,
): Promise<string> {
  const { services, request, transcription, signal } = job;
  if (request.language !== "auto") return request.language;
  const known = findTranscription(services.catalog, transcription.id)?.spokenLanguage;
  if (known) return known;
  const detected = await withRetries(job, (engine) =>
    detectSpokenLanguage(engine, getDecodedSound(job), chunks, threads, signal),
  );
  if (detected === undefined) return "en";
  const { language, probability, places } = detected;
  services.logs.transcription.info("language detected", { language, probability, places });
  const percent = Math.round(probability * 100);
  job.listener({
    kind: "notice",
    message: `The language is ${language} (${percent} % sure, at ${places.length} places).`,
  });
  setSpeechFacts(services.catalog, transcription.id, { spokenLanguage: language });
  return language;
}
