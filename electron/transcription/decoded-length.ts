import type { Catalog } from "../catalog/open.ts";
import { type DecodedLength, decodedLength } from "../catalog/repositories/recordings.ts";
import { ArchivistError } from "../contract/errors.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import type { TranscriptionRun } from "./transcription-run.ts";

/** The exact length of a decoded recording. Calling it before the recording is decoded is a programming error. */
export function getDecodedLength(catalog: Catalog, recordingId: string): DecodedLength {
  const length = decodedLength(catalog, recordingId);
  if (length === undefined) throw new ArchivistError("internal", { cause: "the recording has not been decoded yet" });
  return length;
}

/** The decoded sound of a job, as speech engines take it. */
export const getDecodedSound = ({
  services,
  recording,
  folder,
}: Pick<TranscriptionRun, "services" | "recording" | "folder">) => ({
  pcm: decodedFiles(folder).pcm,
  sampleCount: getDecodedLength(services.catalog, recording.id).sampleCount,
});
