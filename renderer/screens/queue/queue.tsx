/** The queue screen: running, waiting and ended jobs. */
import { Alert, Button, Card, Group, Pill, ScrollArea, SegmentedControl, Select, Text, Tooltip } from "@mantine/core";
import { IconListCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import type { Job, QueueView } from "../../../electron/contract/api/queue.ts";
import { openStates } from "../../../electron/contract/jobs.ts";
import { ActionButton } from "../../actions/action-button.tsx";
import { client } from "../../station/connection.ts";
import { useLive } from "../../station/live.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { Screen } from "../../ui/screen.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { Batches } from "./batches.tsx";
import { besidePanel, jobColumns } from "./columns.tsx";
import { JobPanel } from "./job-panel.tsx";
import { Pools } from "./pools.tsx";
import { Schedules } from "./schedules.tsx";

const t = texts.queue;

const filters = {
  open: openStates,
  failed: ["failed", "cancelled"],
  all: undefined,
} as const;

const views = ["pools", "batches", "schedules"] as const;
type Shown = keyof typeof filters | (typeof views)[number];

interface QueueProps {
  readonly id: string | undefined;
  readonly role: Role;
}

export function Queue({ id, role }: QueueProps) {
  const [params] = useSearchParams();
  const shown = (["failed", ...views] as const).find((each) => each === params.get("show"));
  const first = shown ?? (id === undefined ? "open" : "all");
  const [filter, setFilter] = useState<Shown>(first);
  const [, go] = useLocation();
  const [batch, setBatch] = useState<{ readonly id: string; readonly name: string }>();
  const [city, setCity] = useState<string | null>(null);
  const states = filter in filters ? filters[filter as keyof typeof filters] : filters.open;
  const known = useQuery(api.station.cities.queryOptions({ meta: { calm: true } }));
  const view = useLive<QueueView>(`queue ${filter} ${batch?.id} ${city}`, (signal) =>
    client.queue.watch(
      {
        limit: 500,
        ...(states === undefined ? {} : { states: [...states] }),
        ...(batch === undefined ? {} : { batchId: batch.id }),
        ...(city === null ? {} : { city }),
      },
      { signal },
    ),
  );
  const maySteer = mayAct(role, "operator");
  const jobs = view?.jobs ?? [];
  const waiting = jobs.filter(({ status }) => status === "queued");
  const columns = jobColumns(waiting, maySteer);
  const dragged = (job: Job) =>
    maySteer && job.status === "queued"
      ? {
          draggable: true,
          title: t.drag,
          onDragStart: (event: React.DragEvent) => event.dataTransfer.setData("text/x-archivist-job", job.job_id),
          onDragOver: (event: React.DragEvent) => {
            if (event.dataTransfer.types.includes("text/x-archivist-job")) event.preventDefault();
          },
          onDrop: (event: React.DragEvent) => {
            const own = event.dataTransfer.getData("text/x-archivist-job");
            if (own === "" || own === job.job_id) return;
            event.preventDefault();
            void runAndNotify(() => client.queue.moveBefore({ id: own, beforeId: job.job_id }));
          },
        }
      : {};
  const counts = view?.counts;
  const dismissAll = async (): Promise<void> => {
    const shown = { ...(batch === undefined ? {} : { batchId: batch.id }), ...(city === null ? {} : { city }) };
    const done = await runAndNotify(
      () => client.queue.dismissAll(shown),
      ({ count }) => t.dismissed(count),
    );
    if (done !== undefined && id !== undefined) go("/queue?show=failed");
  };
  return (
    <Screen
      title={t.title}
      fills
      actions={
        <>
          {counts === undefined ? null : (
            <Text size="sm" c="dimmed">
              {t.summary(counts.running, counts.queued + counts.waiting, counts.failed)}
            </Text>
          )}
          {batch === undefined ? null : (
            <Pill
              withRemoveButton
              removeButtonProps={{ "aria-label": t.allBatches, "aria-hidden": false, tabIndex: 0 }}
              onRemove={() => setBatch(undefined)}
            >
              {batch.name}
            </Pill>
          )}
          {(known.data ?? []).length === 0 ? null : (
            <Select
              size="xs"
              w={150}
              clearable
              placeholder={t.anyCity}
              aria-label={texts.library.city}
              data={known.data ?? []}
              value={city}
              onChange={setCity}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label={t.state}
            value={filter}
            onChange={(value) => setFilter(value as Shown)}
            data={[
              { value: "open", label: t.open },
              { value: "failed", label: t.failed },
              { value: "all", label: t.all },
              { value: "pools", label: t.pools },
              { value: "batches", label: t.batches },
              { value: "schedules", label: t.schedules },
            ]}
          />
          {maySteer && filter === "failed" && jobs.length > 0 ? (
            <Tooltip label={t.dismissLead}>
              <Button variant="default" onClick={() => void dismissAll()}>
                {t.dismissAll(jobs.length)}
              </Button>
            </Tooltip>
          ) : null}
          {maySteer && view !== undefined ? (
            <ActionButton action={view.isPaused ? "queue.resume" : "queue.pause"} variant="default" />
          ) : null}
        </>
      }
    >
      {view?.isPaused ? (
        <Alert color="yellow" mb="sm" py="xs">
          {t.isPaused}
        </Alert>
      ) : null}
      <Group align="stretch" gap="md" wrap="nowrap" style={{ flex: 1, minHeight: 0 }}>
        {filter === "schedules" ? (
          <Schedules role={role} />
        ) : filter === "batches" ? (
          <Batches
            maySteer={maySteer}
            onShow={(shown) => {
              setBatch(shown);
              setFilter("all");
            }}
          />
        ) : filter === "pools" ? (
          <Pools jobs={jobs} isNarrow={id !== undefined} onOpen={(job) => go(`/queue/${job}`)} />
        ) : view !== undefined && jobs.length === 0 ? (
          <Card withBorder style={{ flex: 1 }}>
            <Empty icon={<IconListCheck size={40} stroke={1.3} />} title={t.empty} lead={t.emptyLead} />
          </Card>
        ) : (
          <VirtualRows
            label={t.title}
            rows={jobs}
            columns={id === undefined ? columns : columns.filter(({ key }) => besidePanel.has(key))}
            rowKey={({ job_id }) => job_id}
            onOpen={({ job_id }) => go(`/queue/${job_id}`)}
            isCurrent={({ job_id }) => job_id === id}
            rowProps={dragged}
          />
        )}
        {id === undefined ? null : (
          <Card withBorder padding="md" w={380}>
            <ScrollArea viewportProps={{ tabIndex: 0 }} h="100%" type="auto">
              <JobPanel key={id} id={id} role={role} />
            </ScrollArea>
          </Card>
        )}
      </Group>
    </Screen>
  );
}
