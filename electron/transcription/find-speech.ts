/** Finds where somebody speaks in a decoded recording: with the network if there is one, else by loudness. */
import { readFile } from "node:fs/promises";
import type { SpeechDetector } from "../captions/quality/document-facts.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Settings } from "../contract/settings.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import { detectByEnergy } from "../speech/detection/energy-detector.ts";
import type { SpeechEngine } from "../speech/engine.ts";
import { type FoundModel, findVoiceDetector } from "../speech/models/found-models.ts";

export interface FoundSpeech {
  /** In order, pauses left out. */
  readonly speech: readonly TimeSpan[];
  readonly by: SpeechDetector;
  /** Name of the network; undefined: loudness told. */
  readonly network?: string;
}

export interface SpeechSearch {
  /** Folder with the decoded recording. */
  readonly folder: string;
  readonly modelsFolder: string;
  readonly voiceDetection: Settings["speech"]["voiceDetection"];
  /** Asks a speech engine. */
  readonly ask: (work: (engine: SpeechEngine) => Promise<DetectedSpeech>) => Promise<DetectedSpeech>;
  readonly sampleCount: number;
  readonly signal?: AbortSignal | undefined;
  /** Called when there is a network and it cannot be used. */
  readonly onFailure: (network: FoundModel, thrown: unknown) => void;
}

/** undefined: the engine knows no such network. */
type DetectedSpeech = readonly TimeSpan[] | undefined;

/** Finds speech. Loudness tells where the network is missing, fails, or is switched off. @throws when it is cancelled */
export async function findSpeech(search: SpeechSearch): Promise<FoundSpeech> {
  const { folder, signal } = search;
  const { pcm, levels } = decodedFiles(folder);
  const network = search.voiceDetection === "auto" ? findVoiceDetector(search.modelsFolder) : undefined;
  if (network !== undefined) {
    try {
      const { sampleCount } = search;
      const speech = await search.ask((engine) => engine.detectSpeech({ pcm, sampleCount }, network.path, { signal }));
      if (speech !== undefined) return { speech, by: "silero", network: network.name };
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      search.onFailure(network, thrown);
    }
  }
  return { speech: detectByEnergy(await readFile(levels)), by: "energy" };
}
