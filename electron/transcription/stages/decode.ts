import { existsSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { describeMissing } from "../../captions/quality/missing-part-issues.ts";
import { decodedLength, findDecodedFacts, saveDecoded } from "../../catalog/repositories/recordings.ts";
import { ArchivistError } from "../../contract/errors.ts";
import { parseSound } from "../../contract/sound.ts";
import { decode } from "../../media/decoding/decode.ts";
import { decodedFiles } from "../../media/decoding/files.ts";
import { isRequestedSound } from "../../media/decoding/recording-sound.ts";
import { hasCompleted, isAllRecognized } from "../completed-stages.ts";
import type { TranscriptionRun, TranscriptionStage } from "../transcription-run.ts";

/** True if the decoded audio is complete and the sound that is asked for; else it is decoded again. */
export function hasSound({ services, recording, folder, request }: TranscriptionRun): boolean {
  const { pcm } = decodedFiles(folder);
  const length = decodedLength(services.catalog, recording.id);
  const sound = findDecodedFacts(services.catalog, recording.id)?.sound;
  if (sound !== undefined && !isRequestedSound(sound, parseSound(request.sound))) return false;
  return length !== undefined && existsSync(pcm) && statSync(pcm).size === length.sampleCount * 2;
}

/** Decodes the audio, and finds waveform peaks and silences. */
export const decodeStage: TranscriptionStage = {
  name: "decode",
  isDone: (job) => {
    const { peaks, levels } = decodedFiles(job.folder);
    return existsSync(peaks) && existsSync(levels) && (hasSound(job) || isAllRecognized(job));
  },
  run: async (job) => {
    const { services, request, info, folder, signal } = job;
    const tools = await services.mediaTools();
    await mkdir(folder, { recursive: true });
    const work = () =>
      decode({
        tools,
        path: request.source ?? request.path,
        info,
        folder,
        settings: services.settings.media,
        sound: parseSound(request.sound),
        signal,
        onProgress: (ms) => job.listener({ kind: "progress", step: "decode", ...job.estimator.decoded(ms) }),
      });
    const decoded = await services.lanes.run("disk", signal, work, job.order);
    const known = decodedLength(services.catalog, job.recording.id);
    if (hasCompleted(job, "plan") && known !== undefined && known.sampleCount !== decoded.sampleCount) {
      // The plan was made for another length: another ffmpeg version, or a change in the file that the fingerprint does
      // not cover.
      throw new ArchivistError("file.changed", {
        cause: "the recording is not the one that this work was begun on",
        remedy: "Run the same command with --force to do it anew.",
      });
    }
    saveDecoded(services.catalog, job.recording.id, decoded);
    for (const part of decoded.missing) {
      const said = describeMissing(part);
      job.listener({ kind: "notice", message: `${said.charAt(0).toUpperCase()}${said.slice(1)}.` });
    }
  },
};
