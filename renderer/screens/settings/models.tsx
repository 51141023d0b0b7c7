/** The installed speech models, and those that can be downloaded. */
import { Button, Progress, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { size } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";

const t = texts.settings;

export function Models({ mayChange }: { readonly mayChange: boolean }) {
  const models = useQuery(
    api.station.models.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(({ progress }) => progress !== null) ? 1_000 : false),
    }),
  );
  return (
    <Table verticalSpacing="xs" maw={900}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.intake.model}</Table.Th>
          <Table.Th>{texts.meeting.language}</Table.Th>
          <Table.Th>{t.size}</Table.Th>
          <Table.Th aria-label={t.fetch} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {(models.data ?? []).map(({ name, note, bytes, isThere, progress, problem }) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td>{note}</Table.Td>
            <Table.Td>{size(bytes)}</Table.Td>
            <Table.Td miw={260}>
              {progress !== null ? (
                <Progress value={progress * 100} aria-label={name} />
              ) : isThere ? (
                <Text size="sm" c="teal">
                  {t.there}
                </Text>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={!mayChange}
                  aria-label={`${t.fetch}: ${name}`}
                  onClick={() =>
                    void runAndNotify(() => client.station.pullModel({ name })).then(() => models.refetch())
                  }
                >
                  {t.fetch}
                </Button>
              )}
              {problem === null ? null : (
                <Text size="xs" c="red">
                  {problem}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
