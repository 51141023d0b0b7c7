import type { ChunkRow } from "../../catalog/repositories/chunks.ts";
import type { TranscribeOptions } from "../../speech/engine.ts";
import type { TranscriptionRun } from "../transcription-run.ts";

/**
 * The options for a chunk: in the language that is spoken in it, and translated where the city asks for that.
 * @param options with the meeting's own language
 */
export function getChunkOptions<T extends Pick<TranscribeOptions, "language" | "translate">>(
  { request }: Pick<TranscriptionRun, "request">,
  { spokenLanguage }: Pick<ChunkRow, "spokenLanguage">,
  options: T,
): T {
  if (spokenLanguage === null || spokenLanguage === options.language) return options;
  // Models translate into English only.
  const isTranslated = request.translatesOthers === true && options.language === "en";
  return { ...options, language: spokenLanguage, translate: options.translate || isTranslated };
}
