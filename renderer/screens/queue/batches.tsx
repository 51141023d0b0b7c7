/** Batches, grouped by city: how far they are, and what can be done with them. */
import { Button, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { BatchView } from "../../../electron/contract/api/batches.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { duration, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { NewBatch } from "./new-batch.tsx";

const t = texts.queue;
const b = texts.work.batches;

interface BatchesProps {
  readonly maySteer: boolean;
  readonly onShow: (batch: { readonly id: string; readonly name: string }) => void;
}

export function Batches({ maySteer, onShow }: BatchesProps) {
  const { data, error, refetch } = useQuery(api.batches.list.queryOptions());
  const [isMaking, setMaking] = useState(false);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  return (
    <Stack gap="sm" style={{ flex: 1, overflow: "auto" }}>
      {maySteer ? (
        <Group>
          <Button size="xs" onClick={() => setMaking(true)}>
            {b.create}
          </Button>
        </Group>
      ) : null}
      {isMaking ? (
        <NewBatch
          onClose={() => {
            setMaking(false);
            void refetch();
          }}
          onShow={onShow}
        />
      ) : null}
      {data.length === 0 ? (
        <Card withBorder style={{ flex: 1 }}>
          <Empty icon={<IconStack2 size={40} stroke={1.3} />} title={b.none} lead={b.noneLead} />
        </Card>
      ) : null}
      {data.map((batch) => (
        <BatchCard
          key={batch.id}
          batch={batch}
          maySteer={maySteer}
          onShow={() => onShow(batch)}
          onChange={() => void refetch()}
        />
      ))}
    </Stack>
  );
}

interface BatchCardProps {
  readonly batch: BatchView;
  readonly maySteer: boolean;
  readonly onShow: () => void;
  readonly onChange: () => void;
}

function BatchCard({ batch, maySteer, onShow, onChange }: BatchCardProps) {
  const { id, name, createdDate, completedDate, cities, progress, eta_seconds } = batch;
  const hasFailed = cities.some(({ failed }) => failed > 0);
  const hasOpen = cities.some(({ open }) => open > 0);
  const state = [
    completedDate === null ? t.begun(moment(createdDate)) : t.ended(moment(completedDate)),
    ...(hasOpen ? [b.percent(progress)] : []),
    ...(hasOpen && eta_seconds !== null ? [b.left(duration(eta_seconds * 1000))] : []),
  ];
  const act = async (work: () => Promise<string>): Promise<void> => {
    await runAndNotify(work, (message) => message);
    onChange();
  };
  return (
    <Card withBorder padding="sm" style={{ flexShrink: 0 }} component="section" aria-label={name}>
      <Group justify="space-between" mb="xs">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="xs" c="dimmed">
            {state.join(" · ")}
          </Text>
        </div>
        <Group gap="xs">
          {maySteer && hasFailed ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => void act(async () => b.retried((await client.batches.retry({ id })).jobs.length))}
            >
              {b.retry}
            </Button>
          ) : null}
          {maySteer && hasOpen ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => void act(async () => b.cancelled((await client.batches.cancel({ id })).jobs.length))}
            >
              {b.cancel}
            </Button>
          ) : null}
          <Button variant="default" size="xs" component={Link} href={`/batch/${id}`}>
            {b.report}
          </Button>
          <Button variant="default" size="xs" onClick={onShow}>
            {b.show}
          </Button>
        </Group>
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
  );
}
