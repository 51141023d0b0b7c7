/**
 * Recovery for an engine that ran out of memory, or crashed as if it had: fewer threads first, then a smaller model.
 */
import { speechThreads } from "../../config/machine.ts";
import { runsParakeet } from "../../speech/choose-engine.ts";
import { fitsMemory } from "../../speech/models/choose-model.ts";
import { demoModelName, type FoundModel, findModel, listFoundModels } from "../../speech/models/found-models.ts";
import { suitsLanguage } from "../../speech/models/model-languages.ts";
import { type FailedJob, noRecovery, type Recovery, type RecoveryDeps, wasTried, withRemedy } from "./tools.ts";

export const recoverMemory: Recovery = async (tools, failed) => {
  const { services } = tools;
  const threads = speechThreads(failed.overrides.threads ?? services.settings.speech.threads, services.machine);
  // Fewer threads do not help if the model does not fit at all.
  if (failed.error.code !== "model.too-large" && threads > 1 && !wasTried(failed, "fewer threads")) {
    const fewer = Math.max(1, Math.floor(threads / 2));
    return {
      action: "retry",
      recovery: "memory",
      message: `it is tried again with ${fewer} instead of ${threads} threads`,
      overrides: withRemedy(failed, "fewer threads", { threads: fewer }),
    };
  }
  const smaller = wasTried(failed, "smaller model") ? undefined : smallerModel(tools, failed);
  if (smaller === undefined) return noRecovery;
  return {
    action: "retry",
    recovery: "memory",
    message: `it is tried again with the smaller model ${smaller.name}`,
    overrides: withRemedy(failed, "smaller model", { model: smaller.path }),
  };
};

/** The largest model that is smaller than the one that failed, fits in memory, and supports the language. */
function smallerModel({ services }: RecoveryDeps, { payload, overrides }: FailedJob): FoundModel | undefined {
  const wanted = overrides.model ?? payload.model;
  const models = listFoundModels(services.modelsFolder).filter(
    ({ kind, name }) => kind === "speech" && name !== demoModelName,
  );
  const failed = wanted === "auto" ? undefined : findModel(wanted, services.modelsFolder);
  const limit = failed?.memoryBytes ?? Math.max(0, ...models.map(({ memoryBytes }) => memoryBytes));
  const { engine } = services.settings.speech;
  return models
    .filter((model) => model.memoryBytes < limit && suitsLanguage(model, payload))
    .filter((model) => model.family === "whisper" || runsParakeet(engine))
    .filter((model) => fitsMemory(model, services.machine))
    .toSorted((a, b) => b.memoryBytes - a.memoryBytes)[0];
}
