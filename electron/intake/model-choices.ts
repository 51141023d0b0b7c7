/** The models available on this machine for transcribing a recording. */
import { demoModelName, listFoundModels } from "../speech/models/found-models.ts";
import { spokenLanguages } from "../speech/models/model-languages.ts";
import type { StationServices } from "../station-services.ts";

export function modelChoices({
  modelsFolder,
}: Pick<StationServices, "modelsFolder">): readonly { readonly name: string; readonly note: string }[] {
  const speech = listFoundModels(modelsFolder).filter(({ kind }) => kind === "speech");
  return [
    { name: "auto", note: "the best one that fits" },
    ...speech.map((model) => ({
      name: model.name,
      note: model.name === demoModelName ? "for the demo only" : spokenLanguages(model),
    })),
  ];
}
