/** Finds where somebody speaks in a decoded recording: with the network and by loudness, as the settings say. */
import type { SpeechDetector } from "../captions/quality/document-facts.ts";
import type { TimeSpan } from "../captions/time/span.ts";
import type { Settings } from "../contract/settings.ts";
import { decodedFiles } from "../media/decoding/files.ts";
import { readPlainFile } from "../platform/plain-files.ts";
import { detectByEnergy } from "../speech/detection/energy-detector.ts";
import { detectByNetwork, joinDetections, uniteSpeech } from "../speech/detection/network-detector.ts";
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
  readonly voiceDetection: VoiceDetection;
  /** Asks a speech engine. */
  readonly ask: (work: (engine: SpeechEngine) => Promise<Probabilities>) => Promise<Probabilities>;
  readonly sampleCount: number;
  readonly signal?: AbortSignal | undefined;
  /** Called when there is a network and it cannot be used. */
  readonly onFailure: (network: FoundModel, thrown: unknown) => void;
}

type VoiceDetection = Settings["speech"]["voiceDetection"];

/** undefined: the engine knows no such network. */
type Probabilities = Uint16Array | undefined;

/** Finds speech. Loudness tells where the network is missing, fails, or is switched off. @throws when it is cancelled */
export async function findSpeech(search: SpeechSearch): Promise<FoundSpeech> {
  const { folder, signal, voiceDetection } = search;
  const { pcm, levels } = decodedFiles(folder);
  const loud = detectByEnergy(await readPlainFile(levels));
  if (voiceDetection === "energy") return { speech: loud, by: "energy" };
  const network = findVoiceDetector(search.modelsFolder);
  if (network !== undefined) {
    try {
      const { sampleCount } = search;
      const found = await search.ask((engine) => engine.detectSpeech({ pcm, sampleCount }, network.path, { signal }));
      if (found !== undefined)
        return { speech: join(voiceDetection, found, loud), by: "silero", network: network.name };
    } catch (thrown) {
      if (signal?.aborted) throw thrown;
      search.onFailure(network, thrown);
    }
  }
  return { speech: loud, by: "energy" };
}

function join(
  voiceDetection: Exclude<VoiceDetection, "energy">,
  probabilities: Uint16Array,
  loud: readonly TimeSpan[],
): readonly TimeSpan[] {
  switch (voiceDetection) {
    case "auto":
      return joinDetections(probabilities, loud);
    case "network":
      return detectByNetwork(probabilities);
    case "union":
      return uniteSpeech(detectByNetwork(probabilities), loud);
  }
}
