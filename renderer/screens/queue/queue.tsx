/** Every job: what runs, what waits, what has ended. */
import {
  ActionIcon,
  Alert,
  Button,
  Card,
  Group,
  Progress,
  ScrollArea,
  SegmentedControl,
  Text,
  Tooltip,
  VisuallyHidden,
} from "@mantine/core";
import { IconArrowUp, IconListCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import type { Job, QueueView } from "../../../electron/contract/api/queue.ts";
import { client } from "../../api/connection.ts";
import { useLive } from "../../api/live.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { duration } from "../../ui/format.ts";
import { Screen } from "../../ui/screen.tsx";
import { doAndTell } from "../../ui/tell.ts";
import { type Column, VirtualRows } from "../../ui/virtual-rows.tsx";
import { JobPanel } from "./job-panel.tsx";
import { JobState } from "./job-state.tsx";

const words = texts.queue;

const filters = {
  open: ["running", "queued", "waiting"],
  failed: ["failed", "cancelled"],
  all: undefined,
} as const;

/** Columns that there is room for beside a job's own panel. */
const besidePanel: ReadonlySet<string> = new Set(["job", "state", "left", "move"]);

interface QueueProps {
  readonly id: string | undefined;
  readonly role: Role;
}

export function Queue({ id, role }: QueueProps) {
  const [filter, setFilter] = useState<keyof typeof filters>(id === undefined ? "open" : "all");
  const [, go] = useLocation();
  const states = filters[filter];
  const view = useLive<QueueView>(`queue ${filter}`, (signal) =>
    client.queue.watch(states === undefined ? { limit: 500 } : { states: [...states], limit: 500 }, { signal }),
  );
  const maySteer = mayAct(role, "operator");
  const jobs = view?.jobs ?? [];
  const waiting = jobs.filter(({ status }) => status === "queued");
  const before = (job: Job): Job | undefined => waiting[waiting.findIndex(({ job_id }) => job_id === job.job_id) - 1];
  const columns: readonly Column<Job>[] = [
    { key: "job", title: words.job, width: "minmax(14rem, 3fr)", render: ({ title }) => title },
    { key: "city", title: texts.library.city, width: "minmax(6rem, 1fr)", render: ({ city }) => city },
    { key: "state", title: words.state, width: "10rem", render: (job) => <JobState job={job} /> },
    {
      key: "progress",
      title: words.progress,
      width: "minmax(8rem, 1.4fr)",
      render: ({ status, progress, message, title }) =>
        status === "running" ? (
          <div>
            <Progress value={progress} size="sm" aria-label={title} />
            <Text size="xs" c="dimmed" truncate>
              {message}
            </Text>
          </div>
        ) : null,
    },
    {
      key: "left",
      title: words.left,
      width: "5rem",
      align: "end",
      render: ({ eta_seconds }) => (eta_seconds === null ? "" : duration(eta_seconds * 1000)),
    },
    { key: "priority", title: words.priority, width: "4.5rem", align: "end", render: ({ priority }) => priority },
    {
      key: "move",
      title: <VisuallyHidden>{words.up}</VisuallyHidden>,
      width: "2.5rem",
      render: (job) => {
        const above = before(job);
        return maySteer && above !== undefined ? (
          <Tooltip label={words.up}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${words.up}: ${job.title}`}
              onClick={(event) => {
                event.stopPropagation();
                void doAndTell(() => client.queue.moveBefore({ id: job.job_id, beforeId: above.job_id }));
              }}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null;
      },
    },
  ];
  const dragged = (job: Job) =>
    maySteer && job.status === "queued"
      ? {
          draggable: true,
          title: words.drag,
          onDragStart: (event: React.DragEvent) => event.dataTransfer.setData("text/x-archivist-job", job.job_id),
          onDragOver: (event: React.DragEvent) => {
            if (event.dataTransfer.types.includes("text/x-archivist-job")) event.preventDefault();
          },
          onDrop: (event: React.DragEvent) => {
            const own = event.dataTransfer.getData("text/x-archivist-job");
            if (own === "" || own === job.job_id) return;
            event.preventDefault();
            void doAndTell(() => client.queue.moveBefore({ id: own, beforeId: job.job_id }));
          },
        }
      : {};
  const counts = view?.counts;
  return (
    <Screen
      title={words.title}
      fills
      actions={
        <>
          {counts === undefined ? null : (
            <Text size="sm" c="dimmed">
              {words.summary(counts.running, counts.queued + counts.waiting, counts.failed)}
            </Text>
          )}
          <SegmentedControl
            size="xs"
            aria-label={words.state}
            value={filter}
            onChange={(value) => setFilter(value as typeof filter)}
            data={[
              { value: "open", label: words.open },
              { value: "failed", label: words.failed },
              { value: "all", label: words.all },
            ]}
          />
          {maySteer && view !== undefined ? (
            <Button
              variant="default"
              size="xs"
              onClick={() => void doAndTell(() => (view.isPaused ? client.queue.resumeAll() : client.queue.pauseAll()))}
            >
              {view.isPaused ? words.resumeAll : words.pauseAll}
            </Button>
          ) : null}
        </>
      }
    >
      {view?.isPaused ? (
        <Alert color="yellow" mb="sm" py="xs">
          {words.isPaused}
        </Alert>
      ) : null}
      <Group align="stretch" gap="md" wrap="nowrap" style={{ flex: 1, minHeight: 0 }}>
        {view !== undefined && jobs.length === 0 ? (
          <Card withBorder style={{ flex: 1 }}>
            <Empty icon={<IconListCheck size={40} stroke={1.3} />} title={words.empty} lead={words.emptyLead} />
          </Card>
        ) : (
          <VirtualRows
            label={words.title}
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
            <ScrollArea h="100%" type="auto">
              <JobPanel key={id} id={id} role={role} />
            </ScrollArea>
          </Card>
        )}
      </Group>
    </Screen>
  );
}
