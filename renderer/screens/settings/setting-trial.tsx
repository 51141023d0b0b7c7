/** Tests settings before they are saved, and shows the result. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useState } from "react";
import type { Trial } from "../../../electron/contract/api/station.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";

const signs = {
  ok: <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-label={texts.health.status.ok} />,
  warning: (
    <IconAlertTriangle size={16} color="var(--mantine-color-orange-6)" aria-label={texts.health.status.warning} />
  ),
  error: <IconCircleX size={16} color="var(--mantine-color-red-6)" aria-label={texts.health.status.error} />,
} as const;

interface SettingTrialProps {
  readonly label: string;
  readonly trial: Trial;
  /** False: there is nothing to test yet. */
  readonly isReady?: boolean;
}

export function SettingTrial({ label, trial, isReady = true }: SettingTrialProps) {
  const [findings, setFindings] = useState<Awaited<ReturnType<typeof client.station.tryOut>>>();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (): Promise<void> => {
    setIsBusy(true);
    setFindings(undefined);
    setFindings(await runAndNotify(() => client.station.tryOut(trial)));
    setIsBusy(false);
  };
  return (
    <Stack gap={4}>
      <Group>
        <Button size="compact-sm" variant="default" loading={isBusy} disabled={!isReady} onClick={() => void run()}>
          {label}
        </Button>
      </Group>
      <div role="status">
        {(findings ?? []).map(({ name, status, detail, remedy }) => (
          <Group key={name} gap={6} wrap="nowrap" align="flex-start">
            <span style={{ flexShrink: 0, lineHeight: 1.6 }}>{signs[status]}</span>
            <Text size="sm" style={{ overflowWrap: "anywhere" }}>
              <b>{name}</b> {[detail, remedy === name ? null : remedy].filter((part) => part !== null).join(". ")}
            </Text>
          </Group>
        ))}
      </div>
    </Stack>
  );
}
