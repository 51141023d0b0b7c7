/** Batches, grouped by city. */
import { Button, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { moment } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.queue;

interface BatchesProps {
  readonly onShow: (batch: { readonly id: string; readonly name: string }) => void;
}

export function Batches({ onShow }: BatchesProps) {
  const { data, error, refetch } = useQuery(api.batches.list.queryOptions());
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  if (data.length === 0) {
    return (
      <Card withBorder style={{ flex: 1 }}>
        <Empty icon={<IconStack2 size={40} stroke={1.3} />} title={t.noBatches} lead={t.noBatchesLead} />
      </Card>
    );
  }
  return (
    <Stack gap="sm" style={{ flex: 1, overflow: "auto" }}>
      {data.map(({ id, name, createdDate, completedDate, cities }) => (
        <Card key={id} withBorder padding="sm" style={{ flexShrink: 0 }}>
          <Group justify="space-between" mb="xs">
            <div>
              <Text fw={600}>{name}</Text>
              <Text size="xs" c="dimmed">
                {completedDate === null ? t.begun(moment(createdDate)) : t.ended(moment(completedDate))}
              </Text>
            </div>
            <Button variant="default" size="xs" onClick={() => onShow({ id, name })}>
              {t.showJobs}
            </Button>
          </Group>
          {cities.map(({ city, total, completed, failed, open }) => {
            const label = t.ofBatch(completed, failed, open);
            return (
              <Group key={city ?? ""} gap="sm" wrap="nowrap" mb={4}>
                <Text size="sm" w={180} truncate>
                  {city ?? t.noCity}
                </Text>
                <Progress.Root size="md" style={{ flex: 1 }}>
                  <Progress.Section value={(completed / total) * 100} color="teal" aria-label={label} />
                  <Progress.Section value={(failed / total) * 100} color="red" aria-label={label} />
                </Progress.Root>
                <Text size="sm" c="dimmed" w={220} ta="end">
                  {label}
                </Text>
              </Group>
            );
          })}
        </Card>
      ))}
    </Stack>
  );
}
