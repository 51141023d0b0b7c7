/** The state of a job, as a colored badge. */
import { Badge } from "@mantine/core";
import { useEffect, useState } from "react";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { texts } from "../../texts/en.ts";
import { clock } from "../../ui/format.ts";

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

/** Time until the next try, counted down. */
function RetryBadge({ at }: { readonly at: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1_000);
    return () => window.clearInterval(timer);
  }, []);
  const leftMs = Date.parse(at) - now;
  return (
    <Badge variant="light" color="orange" tt="none">
      {leftMs > 0 ? texts.queue.retryIn(clock(leftMs)) : texts.queue.retrySoon}
    </Badge>
  );
}

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
