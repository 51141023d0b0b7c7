/** How far the import of a model is, and what there is to say about it afterwards. */
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import type { ImportView, ModelView } from "../../../electron/contract/api/models.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";
import type { ModelActions } from "./use-models.ts";

const t = texts.models.importing;

interface ImportStateProps {
  readonly model: ModelView;
  readonly importing: ImportView;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
}

export function ImportState({ model: { name, isInstalled }, importing, actions, mayChange }: ImportStateProps) {
  const { progress, problem } = importing;
  if (progress !== null) {
    return (
      <Stack gap={6}>
        <Progress value={progress * 100} animated={progress >= 1} aria-label={t.progress(name)} />
        <Group justify="space-between" gap="xs" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {progress === 0 ? t.waiting : progress < 1 ? t.running : t.trying}
          </Text>
          {mayChange ? (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t.cancelName(name)}
              onClick={() => actions.dismissImport(name)}
            >
              {texts.models.cancel}
            </Button>
          ) : null}
        </Group>
      </Stack>
    );
  }
  return (
    <Stack gap={6} align="flex-start">
      {problem === null ? null : (
        <Text size="xs" c={isInstalled ? "dimmed" : "red"} role={isInstalled ? "status" : "alert"}>
          {capitalize(problem)}
        </Text>
      )}
      {mayChange ? (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t.dismissName(name)}
          onClick={() => actions.dismissImport(name)}
        >
          {t.dismiss}
        </Button>
      ) : null}
    </Stack>
  );
}
