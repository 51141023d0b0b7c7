/**
 * Tries an imported model: loads it and lets it recognize a spoken sentence of seven seconds. What cannot run on this machine
 * is found when a model is imported, and not when a meeting waits for its captions.
 */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "../../config/logger.ts";
import { ArchivistError, toArchivistError } from "../../contract/errors.ts";
import { canceled } from "../conversion/refusals.ts";
import { wordErrorRate } from "../recognition/word-error-rate.ts";
import { hasWhisperHost, whisperHostBinary } from "../whisper-host/binary.ts";
import { WhisperHost } from "../whisper-host/whisper-host.ts";
import { shippedModelsFolder } from "./found-models.ts";

/** From a reading of Jane Austen's "Sense and Sensibility" for LibriVox, in the public domain; raw, 16 kHz. */
const sentence = {
  pcm: join(shippedModelsFolder, "spoken", "sentence.pcm"),
  text: "And Mr. John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.",
};
/** A poor model has a third of the words wrong; one that does not work has none right. */
const maxWordErrorRate = 0.5;
const bytesPerSample = 2;
const stallMs = 120_000;

export interface RecognitionCheck {
  /** not-tried: the speech engine is not there. */
  readonly result: "recognized" | "not-recognized" | "not-tried";
  /** What the model wrote. */
  readonly text: string;
}

export interface RecognitionCheckOptions {
  readonly logger: Logger;
  readonly gpu: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * @param path of a speech model in ggml
 * @throws ArchivistError `model.invalid` if the engine cannot run it, `model.too-large`, `interrupted`
 */
export async function checkRecognition(path: string, options: RecognitionCheckOptions): Promise<RecognitionCheck> {
  if (!hasWhisperHost()) return { result: "not-tried", text: "" };
  const { logger, gpu, signal } = options;
  const host = new WhisperHost({ binary: whisperHostBinary, logger, gpu, stallMs, idleMs: stallMs });
  try {
    await host.loadModel({ path });
    signal?.throwIfAborted();
    const sampleCount = statSync(sentence.pcm).size / bytesPerSample;
    const { segments } = await host.transcribe(
      { pcm: sentence.pcm, stretches: [{ startSample: 0, sampleCount }] },
      { language: "en", translate: false, vocabulary: [], threads: 0, beamSize: 1, temperature: 0, fallback: false },
      { signal },
    );
    const text = segments
      .flatMap(({ words }) => words.map((word) => word.text.trim()))
      .join(" ")
      .trim();
    const isRecognized = wordErrorRate(sentence.text, text) <= maxWordErrorRate;
    return { result: isRecognized ? "recognized" : "not-recognized", text };
  } catch (thrown) {
    if (signal?.aborted) throw canceled();
    throw toCheckError(toArchivistError(thrown), path);
  } finally {
    await host.close();
  }
}

function toCheckError(error: ArchivistError, path: string): ArchivistError {
  if (error.code === "model.too-large") {
    return new ArchivistError("model.too-large", {
      subject: path,
      remedy: "Import it with --quantize q8_0, which halves it, or use a smaller model.",
      underlying: error,
    });
  }
  return new ArchivistError("model.invalid", {
    subject: path,
    cause: `the speech engine could not run this model (${error.reason})`,
    remedy:
      "Try the model in the program that it was made for. If it works there, send Archivist's log file to support.",
    underlying: error,
  });
}
