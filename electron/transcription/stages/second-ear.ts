import {
  chooseSecondEar,
  hearAgainWithSecondEar,
  type RecognizedStretches,
  type SecondHearing,
} from "../../speech/confidence/second-ear.ts";
import type { SpeechEngine } from "../../speech/engine.ts";
import { type FoundModel, listFoundModels } from "../../speech/models/found-models.ts";
import { getDecodedSound } from "../decoded-length.ts";
import type { TranscriptionRun } from "../transcription-run.ts";

import type { SpeechOptions } from "./speech-options.ts";

/** The second model, if one is wanted and is there. @param language of the meeting */
export function findSecondEar({ services, request }: TranscriptionRun, language: string): FoundModel | undefined {
  const { secondModel: wanted } = services.settings.speech;
  if (wanted === "none") return undefined;
  const found = listFoundModels(services.modelsFolder);
  return chooseSecondEar({ wanted, model: request.model, language, found, machine: services.machine });
}

/** Hears chunks with the second model. What fails there costs nothing but its opinion: undefined. */
export async function hearWithSecondEar(
  job: TranscriptionRun,
  engine: SpeechEngine,
  model: FoundModel,
  { language, translate, threads }: SpeechOptions,
  chunks: readonly RecognizedStretches[],
): Promise<readonly SecondHearing[] | undefined> {
  const options = { language: model.multilingual ? language : "en", translate, names: [], threads };
  try {
    await engine.loadModel({ path: model.path });
    return await hearAgainWithSecondEar(engine, getDecodedSound(job), chunks, options, job.signal);
  } catch (thrown) {
    if (job.signal?.aborted) throw thrown;
    job.services.logs.transcription.warn("the second model failed", { model: model.name, error: thrown });
    return undefined;
  }
}
