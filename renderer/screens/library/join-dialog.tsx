/** The dialog before the parts of a meeting are joined: their order, and what keeps one from it. */
import { ActionIcon, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { capitalize, clock } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

interface JoinDialogProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

type Part = Awaited<ReturnType<typeof client.library.planJoin>>[number];

/** The parts with one of them moved. */
function moved(parts: readonly Part[], index: number, by: 1 | -1): readonly Part[] {
  const part = parts[index];
  return part === undefined ? parts : parts.toSpliced(index, 1).toSpliced(index + by, 0, part);
}

const getStart = (parts: readonly Part[], index: number): number =>
  parts.slice(0, index).reduce((sum, { durationMs }) => sum + durationMs, 0);

export function JoinDialog({ ids, onClose, onDone }: JoinDialogProps) {
  const plan = useQuery(
    api.library.planJoin.queryOptions({ input: { ids: [...ids] }, staleTime: 0, gcTime: 0, retry: false }),
  );
  const [order, setOrder] = useState<readonly Part[]>();
  const [isBusy, setIsBusy] = useState(false);
  const parts = order ?? plan.data ?? [];
  const canJoin = parts.length > 1 && parts.every(({ obstacle }) => obstacle === null);
  const join = async (): Promise<void> => {
    setIsBusy(true);
    const started = await runAndNotify(
      () => client.library.join({ ids: parts.map(({ id }) => id) }),
      () => t.joining,
    );
    setIsBusy(false);
    if (started === undefined) return;
    onClose();
    onDone();
  };
  return (
    <Modal opened onClose={onClose} title={t.joinTitle(ids.length)} size="lg">
      <Stack gap="sm">
        <Text size="sm">{t.joinLead}</Text>
        {plan.error ? <ProblemAlert error={plan.error} onRetry={() => void plan.refetch()} /> : null}
        {plan.data === undefined && !plan.error ? <Text c="dimmed">{texts.loading}</Text> : null}
        {parts.map(({ id, filename, durationMs, obstacle }, index) => (
          <Group key={id} gap="xs" wrap="nowrap">
            <Text size="sm" w={20} ta="right">
              {index + 1}
            </Text>
            <div style={{ flex: 1, minWidth: 0 }}>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {filename}
              </Text>
              <Text size="xs" c={obstacle === null ? "dimmed" : "orange"}>
                {obstacle === null
                  ? `${clock(durationMs)} · ${t.joinStarts(clock(getStart(parts, index)))}`
                  : capitalize(obstacle)}
              </Text>
            </div>
            <ActionIcon
              variant="default"
              aria-label={t.earlier(filename)}
              disabled={index === 0}
              onClick={() => setOrder(moved(parts, index, -1))}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              aria-label={t.later(filename)}
              disabled={index === parts.length - 1}
              onClick={() => setOrder(moved(parts, index, 1))}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button loading={isBusy} disabled={!canJoin} onClick={() => void join()}>
            {t.joinNow(parts.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
