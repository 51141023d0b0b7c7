/** Backups of the catalog, any of which can be restored. */

import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useAbilities } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.health.backups;
const maxShown = 10;

export function Backups() {
  const backups = useQuery(api.station.backups.queryOptions({ meta: { calm: true }, retry: false }));
  const { restart } = useAbilities();
  const [requested, setRequested] = useState<string>();
  const restore = async (name: string): Promise<void> => {
    setRequested(undefined);
    await runAndNotify(
      () => client.station.restore({ name }),
      () => t.done,
    );
  };
  const shown = (backups.data ?? []).slice(0, maxShown);
  return (
    <Stack gap="xs">
      <Text fw={600}>{t.title}</Text>
      {backups.error ? <ProblemAlert error={backups.error} onRetry={() => void backups.refetch()} /> : null}
      {backups.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.none}
        </Text>
      ) : null}
      <Table verticalSpacing={4} maw={620}>
        <Table.Tbody>
          {shown.map(({ name, bytes, date }) => (
            <Table.Tr key={name}>
              <Table.Td>{moment(date)}</Table.Td>
              <Table.Td>{formatBytes(bytes)}</Table.Td>
              <Table.Td w={130}>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={!restart}
                  aria-label={`${t.restore}: ${name}`}
                  onClick={() => setRequested(name)}
                >
                  {t.restore}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={requested !== undefined} onClose={() => setRequested(undefined)} title={t.sure}>
        <Text size="sm">{t.lead}</Text>
        <Group mt="md">
          <Button color="red" onClick={() => requested !== undefined && void restore(requested)}>
            {t.restoreNow}
          </Button>
          <Button variant="default" onClick={() => setRequested(undefined)} data-autofocus>
            {t.leave}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
