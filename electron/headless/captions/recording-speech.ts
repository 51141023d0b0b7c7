/** Where somebody speaks in a recording at hand, for holding a caption file against it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TimeSpan } from "../../captions/time/span.ts";
import { silentLogger } from "../../config/silent-logger.ts";
import type { StationConfig } from "../../config/station-config.ts";
import { toArchivistError } from "../../contract/errors.ts";
import type { DecodedFacts } from "../../contract/recording.ts";
import { decode } from "../../media/decoding/decode.ts";
import type { MediaInfo } from "../../media/probe-report.ts";
import type { MediaTools } from "../../media/tools.ts";
import type { SpeechEngine } from "../../speech/engine.ts";
import { openEngine } from "../../speech/open-engine.ts";
import { type FoundSpeech, findSpeech } from "../../transcription/find-speech.ts";
import { printNotice } from "../terminal/print.ts";

export interface RecordingSpeech extends FoundSpeech {
  readonly durationMs: number;
  readonly silences: readonly TimeSpan[];
  /** What else decoding has found out. */
  readonly facts: DecodedFacts;
}

/**
 * Decodes a recording into a temporary folder, and finds where somebody speaks in it.
 * @throws ArchivistError `media.*`, `tool.*`, `disk.full`, `interrupted`; nothing is left in any case
 */
export async function findRecordingSpeech(
  { settings, folder: station, modelsFolder }: StationConfig,
  tools: Pick<MediaTools, "ffmpeg" | "ffprobe">,
  path: string,
  info: MediaInfo,
  signal: AbortSignal,
): Promise<RecordingSpeech> {
  const folder = await mkdtemp(join(tmpdir(), "archivist-check-"));
  let engine: SpeechEngine | undefined;
  try {
    const { media } = settings;
    const { sampleCount, durationMs, silences, ...facts } = await decode({
      tools,
      path,
      info,
      folder,
      settings: media,
      signal,
    });
    const found = await findSpeech({
      folder,
      modelsFolder,
      voiceDetection: settings.speech.voiceDetection,
      sampleCount,
      signal,
      ask: async (work) => {
        const { speech } = settings;
        engine ??= await openEngine({
          speech,
          enginesFolder: station.engines,
          logger: silentLogger,
          onNotice: printNotice,
        });
        return work(engine);
      },
      onFailure: ({ name }, thrown) =>
        printNotice(`${name} cannot be used (${toArchivistError(thrown).reason}); loudness tells where speech is.`),
    });
    return { ...found, durationMs, silences, facts };
  } finally {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
}
