/** The services that the station depends on: whether each works, and when it was last right. */
import { Badge, Card, Stack, Table, Text } from "@mantine/core";
import { useServices } from "../../station/services.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.health;
const colors = { ok: "teal", warning: "orange", error: "red", unused: "gray", unknown: "gray" } as const;

export function Services() {
  const services = useServices();
  return (
    <Stack gap="xs">
      <Text fw={600} component="h2" size="md" m={0}>
        {t.services}
      </Text>
      {services.error ? <ProblemAlert error={services.error} onRetry={() => void services.refetch()} /> : null}
      <Card withBorder padding={0}>
        <Table verticalSpacing="xs" aria-label={t.services}>
          <Table.Tbody>
            {(services.data ?? []).map(({ name, status, detail, remedy, rightDate }) => (
              <Table.Tr key={name}>
                <Table.Td w={150}>{t.serviceNames[name]}</Table.Td>
                <Table.Td w={120}>
                  <Badge variant="light" tt="none" color={colors[status]}>
                    {t.serviceStatus[status]}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    {detail}
                  </Text>
                  {remedy === null ? null : (
                    <Text size="sm" c="orange">
                      {remedy}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td w={260}>
                  {status === "unused" ? null : (
                    <Text size="xs" c="dimmed">
                      {rightDate === null ? t.neverRight : t.right(moment(rightDate))}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </Stack>
  );
}
