/** What each kind of work is doing: what runs, and what is next. */
import { Card, Progress, SimpleGrid, Stack, Text, UnstyledButton } from "@mantine/core";
import type { Job } from "../../../electron/contract/api/queue.ts";
import type { JobType } from "../../../electron/contract/jobs.ts";
import { texts } from "../../texts/en.ts";
import { JobState } from "./job-state.tsx";

const t = texts.queue;

/** Which lane a job waits for, by its kind: lanes are one for each kind of resource. */
const poolOfType: Readonly<Record<JobType, keyof typeof t.laneNames>> = {
  process: "speech",
  proxy: "render",
  render_clips: "render",
  publish: "network",
  sync: "network",
  backup: "upkeep",
  maintenance: "upkeep",
};
const pools = Object.keys(t.laneNames) as (keyof typeof t.laneNames)[];

/** More than this in one lane are counted only. */
const most = 12;

interface PoolsProps {
  readonly jobs: readonly Job[];
  /** A job is shown beside them: there is room for two. */
  readonly isNarrow: boolean;
  readonly onOpen: (id: string) => void;
}

export function Pools({ jobs, isNarrow, onOpen }: PoolsProps) {
  const open = jobs.filter(({ completed_date }) => completed_date === null);
  const order = (job: Job): number => (job.status === "running" ? 0 : job.status === "queued" ? 1 : 2);
  return (
    <SimpleGrid
      cols={isNarrow ? 2 : pools.length}
      spacing="sm"
      style={{ flex: 1, overflow: "auto", alignItems: "start" }}
    >
      {pools.map((lane) => {
        const own = open.filter(({ type }) => poolOfType[type] === lane).toSorted((a, b) => order(a) - order(b));
        return (
          <Card key={lane} withBorder padding="sm" component="section" aria-label={t.laneNames[lane]}>
            <Text fw={600} size="sm" mb="xs">
              {t.laneNames[lane]}
              {own.length === 0 ? "" : ` (${own.length})`}
            </Text>
            <Stack gap="xs">
              {own.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t.nothingHere}
                </Text>
              ) : null}
              {own.slice(0, most).map((job) => (
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
              {own.length > most ? (
                <Text size="xs" c="dimmed">
                  {t.more(own.length - most)}
                </Text>
              ) : null}
            </Stack>
          </Card>
        );
      })}
    </SimpleGrid>
  );
}
