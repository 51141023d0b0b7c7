/** The columns of the queue. */
import { ActionIcon, Progress, Text, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconArrowUp } from "@tabler/icons-react";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { capitalize, duration } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import type { Column } from "../../ui/virtual-rows.tsx";
import { isWaitingForRetry, JobState } from "./job-state.tsx";

const t = texts.queue;

/** Columns that fit beside the job panel. */
export const besidePanel: ReadonlySet<string> = new Set(["job", "state", "left", "move"]);

/** @param waiting the jobs that can be moved, in order */
export function jobColumns(waiting: readonly Job[], maySteer: boolean): readonly Column<Job>[] {
  const before = (job: Job): Job | undefined => waiting[waiting.findIndex(({ job_id }) => job_id === job.job_id) - 1];
  return [
    { key: "job", title: t.job, width: "minmax(12rem, 3fr)", render: ({ title }) => title },
    { key: "city", title: texts.library.city, width: "minmax(6rem, 1fr)", render: ({ city }) => city },
    { key: "state", title: t.state, width: "10rem", render: (job) => <JobState job={job} /> },
    {
      key: "progress",
      title: t.progress,
      width: "minmax(8rem, 1.4fr)",
      render: ({ status, progress, message, title, wait_message }) =>
        wait_message !== null ? (
          <Text size="xs" c="dimmed" truncate title={wait_message}>
            {capitalize(wait_message)}
          </Text>
        ) : status === "running" ? (
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
      title: t.left,
      width: "5rem",
      align: "end",
      // A job that waits for its next try is not on its way to an end.
      render: (job) => (job.eta_seconds === null || isWaitingForRetry(job) ? "" : duration(job.eta_seconds * 1000)),
    },
    { key: "priority", title: t.priority, width: "4.5rem", align: "end", render: ({ priority }) => priority },
    {
      key: "move",
      title: <VisuallyHidden>{t.up}</VisuallyHidden>,
      width: "2.5rem",
      render: (job) => {
        const above = before(job);
        return maySteer && above !== undefined ? (
          <Tooltip label={t.up}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`${t.up}: ${job.title}`}
              onClick={(event) => {
                event.stopPropagation();
                void runAndNotify(() => client.queue.moveBefore({ id: job.job_id, beforeId: above.job_id }));
              }}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null;
      },
    },
  ];
}
