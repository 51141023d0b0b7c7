/** The pools of the queue: running jobs in their slots, and waiting jobs. */
import { Card, Progress, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { jobPools, jobTypeInfo } from "../../../electron/contract/jobs.ts";
import { texts } from "../../texts/en.ts";
import { JobState } from "./job-state.tsx";

const t = texts.queue;

/** Jobs beyond this number in one pool are only counted. */
const maxShown = 12;

interface PoolsProps {
  readonly jobs: readonly Job[];
  /** The job panel is open beside them: there is room for two. */
  readonly isNarrow: boolean;
  readonly onOpen: (id: string) => void;
}

export function Pools({ jobs, isNarrow, onOpen }: PoolsProps) {
  const open = jobs.filter(({ completed_date }) => completed_date === null);
  const order = (job: Job): number => (job.status === "running" ? 0 : job.status === "queued" ? 1 : 2);
  return (
    <SimpleGrid
      cols={isNarrow ? 2 : jobPools.length}
      spacing="sm"
      style={{ flex: 1, overflow: "auto", alignItems: "start" }}
    >
      {jobPools.map((pool) => {
        const own = open.filter(({ type }) => jobTypeInfo[type].pool === pool).toSorted((a, b) => order(a) - order(b));
        return (
          <Card key={pool} withBorder padding="sm" component="section" aria-label={t.poolNames[pool]}>
            <Text fw={600} size="sm" mb="xs">
              {t.poolNames[pool]}
              {own.length === 0 ? "" : ` (${own.length})`}
            </Text>
            <Stack gap="xs">
              {own.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t.nothingHere}
                </Text>
              ) : null}
              {own.slice(0, maxShown).map((job) => (
                <UnstyledButton key={job.job_id} onClick={() => onOpen(job.job_id)}>
                  <Text size="sm" truncate>
                    {job.title}
                  </Text>
                  {job.status === "running" ? (
                    <>
                      <Progress value={job.progress} size="sm" aria-label={job.title} />
                      <Text size="xs" c="dimmed" truncate>
                        {job.message}
                      </Text>
                    </>
                  ) : (
                    <JobState job={job} />
                  )}
                </UnstyledButton>
              ))}
              {own.length > maxShown ? (
                <Text size="xs" c="dimmed">
                  {t.more(own.length - maxShown)}
                </Text>
              ) : null}
            </Stack>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}
