/** Fields that differ between the station and the Cablecast server. */
import { Button, Card, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.cablecast;

const formatValue = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

export function Conflicts() {
  const conflicts = useQuery(api.cablecast.conflicts.queryOptions());
  const decide = async (recordingId: string, field: string, side: "ours" | "theirs"): Promise<void> => {
    await runAndNotify(() => client.cablecast.resolve({ recordingId, field, side }));
    await conflicts.refetch();
  };
  if (conflicts.error) return <ProblemAlert error={conflicts.error} onRetry={() => void conflicts.refetch()} />;
  if (conflicts.data?.length === 0) return <Text c="dimmed">{t.noConflicts}</Text>;
  return (
    <Stack gap="sm">
      {(conflicts.data ?? []).map(({ recordingId, filename, field, ours, theirs }) => (
        <Card key={`${recordingId} ${field}`} withBorder padding="sm">
          <Text size="sm" fw={600} mb="xs">
            {filename}: {field}
          </Text>
          <Table withRowBorders={false}>
            <Table.Tbody>
              {(["ours", "theirs"] as const).map((side) => (
                <Table.Tr key={side}>
                  <Table.Td w={130}>{t[side]}</Table.Td>
                  <Table.Td>{formatValue(side === "ours" ? ours : theirs)}</Table.Td>
                  <Table.Td w={120}>
                    <Button size="compact-sm" variant="default" onClick={() => void decide(recordingId, field, side)}>
                      {side === "ours" ? t.takeOurs : t.takeTheirs}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      ))}
    </Stack>
  );
}
