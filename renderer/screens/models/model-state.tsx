/** What can be done with a model now: download it, pause, resume, use it; and how far its download is. */

import { Badge, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconDownload, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { DownloadView, ModelView } from "../../../electron/contract/api/models.ts";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";
import { ImportState } from "./import-state.tsx";
import type { ModelActions } from "./use-models.ts";

const t = texts.models;

interface ModelStateProps {
  readonly model: ModelView;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
  /** True: this is the model that the screen proposes. */
  readonly isPrimary?: boolean;
  /** True: buttons are as wide as what they stand in. */
  readonly isWide?: boolean;
}

export function ModelState({ model, actions, mayChange, isPrimary = false, isWide = false }: ModelStateProps) {
  const { name, isInstalled, isInUse, fits, origin, download, importing } = model;
  const format = { size: isWide ? "sm" : "compact-sm", fullWidth: isWide } as const;
  if (download !== null) return <Download name={name} download={download} actions={actions} mayChange={mayChange} />;
  if (!isInstalled && importing !== null) {
    return <ImportState model={model} importing={importing} actions={actions} mayChange={mayChange} />;
  }
  if (!isInstalled) {
    return (
      <Button
        {...format}
        variant={isPrimary ? "filled" : "default"}
        leftSection={<IconDownload size={16} aria-hidden />}
        disabled={!mayChange || !fits}
        aria-label={t.downloadName(name)}
        onClick={() => actions.download(name)}
      >
        {fits ? t.download : t.tooLarge}
      </Button>
    );
  }
  if (isInUse) {
    return (
      <Badge variant="light" color="teal" tt="none" size={isWide ? "lg" : "md"}>
        {t.inUse}
      </Badge>
    );
  }
  return (
    <Group gap="xs">
      <Text size="sm">{t.installed}</Text>
      {origin === "demo" || !mayChange ? null : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t.chooseName(name)}
          onClick={() => actions.choose(name)}
        >
          {t.use}
        </Button>
      )}
    </Group>
  );
}

interface DownloadProps {
  readonly name: string;
  readonly download: DownloadView;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
}

function Download({ name, download, actions, mayChange }: DownloadProps) {
  const { state, receivedBytes, totalBytes, problem } = download;
  const isMoving = state === "queued" || state === "downloading" || state === "verifying";
  const amount = t.amount(formatBytes(receivedBytes), formatBytes(totalBytes));
  const color = state === "failed" ? "red" : state === "paused" ? "gray" : "harbor";
  return (
    <Stack gap={6}>
      <Progress
        value={(receivedBytes / Math.max(1, totalBytes)) * 100}
        color={color}
        animated={state === "verifying"}
        aria-label={t.downloadName(name)}
      />
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed" style={{ fontVariantNumeric: "tabular-nums" }}>
          {state === "verifying" || receivedBytes === 0 ? t.states[state] : `${t.states[state]} · ${amount}`}
        </Text>
        {!mayChange || state === "verifying" ? null : isMoving ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerPause size={12} aria-hidden />}
            aria-label={t.pauseName(name)}
            onClick={() => actions.pause(name)}
          >
            {t.pause}
          </Button>
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlayerPlay size={12} aria-hidden />}
            aria-label={state === "failed" ? t.retryName(name) : t.resumeName(name)}
            onClick={() => actions.download(name)}
          >
            {state === "failed" ? t.retry : t.resume}
          </Button>
        )}
      </Group>
      {problem === null ? null : (
        <Text size="xs" c="red" role="alert">
          {capitalize(problem.message)}. {problem.remedy}
        </Text>
      )}
    </Stack>
  );
}
