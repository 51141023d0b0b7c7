/** Backups of the catalog; one of them can take its place. */
import { Button, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useAbilities } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { moment, size } from "../../ui/format.ts";
import { doAndTell } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const words = texts.health.backups;
const mostShown = 10;

export function Backups() {
  const backups = useQuery(api.station.backups.queryOptions({ meta: { calm: true }, retry: false }));
  const { restart } = useAbilities();
  const [requested, setWished] = useState<string>();
  const restore = async (name: string): Promise<void> => {
    setWished(undefined);
    await doAndTell(
      () => client.station.restore({ name }),
      () => words.done,
    );
  };
  const shown = (backups.data ?? []).slice(0, mostShown);
  return (
    <Stack gap="xs">
      <Text fw={600}>{words.title}</Text>
      {backups.error ? <ProblemAlert error={backups.error} onRetry={() => void backups.refetch()} /> : null}
      {backups.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.none}
        </Text>
      ) : null}
      <Table verticalSpacing={4} maw={620}>
        <Table.Tbody>
          {shown.map(({ name, bytes, date }) => (
            <Table.Tr key={name}>
              <Table.Td>{moment(date)}</Table.Td>
              <Table.Td>{size(bytes)}</Table.Td>
              <Table.Td w={130}>
                <Button
                  size="compact-xs"
                  variant="default"
                  disabled={!restart}
                  aria-label={`${words.restore}: ${name}`}
                  onClick={() => setWished(name)}
                >
                  {words.restore}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Modal opened={requested !== undefined} onClose={() => setWished(undefined)} title={words.sure}>
        <Text size="sm">{words.lead}</Text>
        <Group mt="md">
          <Button color="red" onClick={() => requested !== undefined && void restore(requested)}>
            {words.restoreNow}
          </Button>
          <Button variant="default" onClick={() => setWished(undefined)} data-autofocus>
            {words.leave}
          </Button>
        </Group>
      </Modal>
    </Stack>
  );
}
