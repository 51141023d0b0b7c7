/** Progress of a job of this meeting. */
import { Progress, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { JobType } from "../../../electron/contract/jobs.ts";
import { client } from "../../station/connection.ts";
import { useLive } from "../../station/live.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

interface JobProgressProps {
  readonly type: JobType;
  readonly jobId: string;
  readonly label: string;
  /** Called when the person retries a failed job. */
  readonly onRetry: () => void;
  /** Called once the job has completed. */
  readonly onDone?: () => void;
}

export function JobProgress({ type, jobId, label, onRetry, onDone }: JobProgressProps) {
  const view = useLive(`${type} ${jobId}`, (signal) => client.queue.watch({ types: [type], limit: 100 }, { signal }));
  const job = view?.jobs.find(({ job_id }) => job_id === jobId);
  const isDone = job?.status === "completed";
  const latestOnDone = useRef(onDone);
  latestOnDone.current = onDone;
  useEffect(() => {
    if (isDone) latestOnDone.current?.();
  }, [isDone]);
  if (job === undefined) return <Text size="sm">{texts.loading}</Text>;
  if (isDone) return <Text size="sm">{texts.queue.states.completed}</Text>;
  if (job.error !== null && job.completed_date !== null) {
    return <ProblemAlert error={{ data: { ...job.error, retryable: true } }} onRetry={onRetry} />;
  }
  return (
    <div>
      <Progress value={job.progress} aria-label={label} />
      <Text size="sm" mt={4}>
        {job.message ?? texts.queue.states[job.status]}
      </Text>
    </div>
  );
}
