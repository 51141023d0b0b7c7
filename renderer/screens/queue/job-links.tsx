/** Why a job waits, which jobs it starts after, and which wait for it. */
import { Alert, Anchor, Stack, Text } from "@mantine/core";
import { Link } from "wouter";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";

const t = texts.work.jobs;

interface JobLinksProps {
  readonly job: Job;
  readonly neededBy: Job["needs"];
}

export function JobLinks({ job, neededBy }: JobLinksProps) {
  return (
    <>
      {job.wait_message === null ? null : (
        <Alert color="orange" py="xs">
          {capitalize(job.wait_message)}
        </Alert>
      )}
      <LinkedJobs title={t.needs} jobs={job.needs} />
      <LinkedJobs title={t.neededBy} jobs={neededBy} />
    </>
  );
}

function LinkedJobs({ title, jobs }: { readonly title: string; readonly jobs: Job["needs"] }) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Stack gap={2}>
        {jobs.map(({ job_id, title: name, status }) => (
          <Text key={job_id} size="sm">
            <Anchor component={Link} href={`/queue/${job_id}`} size="sm">
              {name}
            </Anchor>{" "}
            ({texts.queue.states[status]})
          </Text>
        ))}
      </Stack>
    </section>
  );
}
