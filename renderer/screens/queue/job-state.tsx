/** The state of a job, as a colored badge. */
import { Badge } from "@mantine/core";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { texts } from "../../texts/en.ts";

const colors = {
  queued: "gray",
  running: "blue",
  completed: "teal",
  failed: "red",
  cancelled: "gray",
  waiting: "orange",
} as const;

export function JobState({ job }: { readonly job: Pick<Job, "status" | "waits_for" | "paused"> }) {
  const { states, waits, paused } = texts.queue;
  const reason = job.waits_for === null ? "" : ` (${waits[job.waits_for]})`;
  const label = job.paused ? paused : `${states[job.status]}${job.status === "waiting" ? reason : ""}`;
  return (
    <Badge variant="light" color={job.paused ? "yellow" : colors[job.status]} tt="none">
      {label}
    </Badge>
  );
}
