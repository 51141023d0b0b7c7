/** The state of a job, as a colored badge. */
import { Badge } from "@mantine/core";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { texts } from "../../texts/en.ts";
import { RetryBadge } from "../../ui/retry-badge.tsx";

const colors = {
  queued: "gray",
  running: "blue",
  completed: "teal",
  failed: "red",
  cancelled: "gray",
  waiting: "orange",
} as const;

type JobInState = Pick<Job, "status" | "waits_for" | "paused" | "not_before" | "error">;

/** A try has failed, and the next one begins after a wait. */
export const isWaitingForRetry = ({ status, paused, not_before, error }: Omit<JobInState, "waits_for">): boolean =>
  status === "queued" && !paused && not_before !== null && error !== null;

export function JobState({ job }: { readonly job: JobInState }) {
  const { states, waits, paused } = texts.queue;
  if (isWaitingForRetry(job) && job.not_before !== null) return <RetryBadge at={job.not_before} />;
  const reason = job.waits_for === null ? "" : ` (${waits[job.waits_for]})`;
  const label = job.paused ? paused : `${states[job.status]}${job.status === "waiting" ? reason : ""}`;
  return (
    <Badge variant="light" color={job.paused ? "yellow" : colors[job.status]} tt="none">
      {label}
    </Badge>
  );
}
