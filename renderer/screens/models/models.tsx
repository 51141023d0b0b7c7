/** The speech models: three to choose from, how fast they are on this machine, and all others in a table. */
import { Stack } from "@mantine/core";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { AllModels } from "./all-models.tsx";
import { ImportModel } from "./import-model.tsx";
import { ModelCards } from "./model-cards.tsx";
import { SelfTest } from "./self-test.tsx";
import { useModelActions, useModels } from "./use-models.ts";

export function Models({ mayChange }: { readonly mayChange: boolean }) {
  const models = useModels();
  const actions = useModelActions(models.refetch);
  const [isOpen, setOpen] = useState(false);
  if (models.data === undefined) {
    return models.error ? <ProblemAlert error={models.error} onRetry={() => void models.refetch()} /> : null;
  }
  const { data } = models;
  return (
    <Stack gap="md" maw={1_180} pb="md">
      <SelfTest view={data.selfTest} actions={actions} mayChange={mayChange} startsAlone />
      <ModelCards list={data} actions={actions} mayChange={mayChange} />
      <AllModels
        models={data.models}
        actions={actions}
        mayChange={mayChange}
        isOpen={isOpen}
        onToggle={() => setOpen(!isOpen)}
        title={texts.models.all(data.models.length)}
        corner={mayChange ? <ImportModel actions={actions} onBegin={() => setOpen(true)} /> : null}
      />
    </Stack>
  );
}
