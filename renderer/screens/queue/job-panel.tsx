/** Details of one job: live text, steps, and history. */
import { Anchor, Button, Card, Group, Progress, ScrollArea, Select, Stack, Text, Timeline } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { client } from "../../station/connection.ts";
import { useStream } from "../../station/live.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { duration, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { JobLinks } from "./job-links.tsx";
import { JobState } from "./job-state.tsx";

const t = texts.queue;
const maxShown = 400;

function LiveText({ id }: { readonly id: string }) {
  const [heard, setWords] = useState<readonly { readonly text: string; readonly startMs: number }[]>([]);
  const end = useRef<HTMLDivElement>(null);
  useStream(
    `words ${id}`,
    (signal) => client.queue.words({ id }, { signal }),
    ({ anew, words: more }) => setWords((before) => (anew ? more : [...before, ...more]).slice(-maxShown)),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever text was recognized
  useEffect(() => {
    // In newer browsers it returns a promise, which must not be returned as a cleanup function.
    void end.current?.scrollIntoView({ block: "nearest" });
  }, [heard]);
  return (
    <ScrollArea viewportProps={{ tabIndex: 0 }} h={140} type="auto" offsetScrollbars>
      <Text size="sm" c={heard.length === 0 ? "dimmed" : undefined} data-testid="live-words">
        {heard.length === 0 ? t.noWords : heard.map(({ text }) => text).join(" ")}
      </Text>
      <div ref={end} />
    </ScrollArea>
  );
}

const isEnded = ({ status }: Pick<Job, "status">): boolean => status === "failed" || status === "cancelled";

interface RetryButtonsProps {
  readonly job: Job;
  readonly act: (work: () => Promise<unknown>) => () => Promise<void>;
}

/** Tries a job again as it was, or with another of the installed models. */
function RetryButtons({ job, act }: RetryButtonsProps) {
  const id = job.job_id;
  const choices = useQuery(api.intake.choices.queryOptions({ enabled: job.type === "process" }));
  const [model, setModel] = useState<string | null>(null);
  return (
    <>
      <Button size="compact-sm" onClick={act(() => client.queue.retry({ id, ...(model === null ? {} : { model }) }))}>
        {model === null ? t.retry : t.retryWith(model)}
      </Button>
      {job.type === "process" ? (
        <Select
          size="xs"
          w={170}
          clearable
          aria-label={t.otherModel}
          placeholder={t.otherModel}
          data={(choices.data?.models ?? []).map(({ name }) => name)}
          value={model}
          onChange={setModel}
        />
      ) : null}
    </>
  );
}

export function JobPanel({ id, role }: { readonly id: string; readonly role: Role }) {
  const [, go] = useLocation();
  const details = useQuery(api.queue.show.queryOptions({ input: { id } }));
  if (details.error) return <ProblemAlert error={details.error} onRetry={() => void details.refetch()} />;
  if (details.data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  const { job, steps, history, neededBy } = details.data;
  const isOpen = job.completed_date === null;
  const maySteer = mayAct(role, "operator");
  const act = (work: () => Promise<unknown>) => async (): Promise<void> => {
    await runAndNotify(work);
    await details.refetch();
  };
  return (
    <Stack gap="sm">
      <div>
        <Text fw={600} style={{ wordBreak: "break-word" }}>
          {job.title}
        </Text>
        <Group gap="xs" mt={4}>
          <JobState job={job} />
          {job.city === null ? null : <Text size="sm">{job.city}</Text>}
          {job.transcription_id === null ? null : (
            <Anchor component={Link} href={`/meeting/${job.transcription_id}`} size="sm">
              {t.meeting}
            </Anchor>
          )}
        </Group>
      </div>
      {job.status === "running" ? (
        <div>
          <Progress value={job.progress} aria-label={job.title} />
          <Text size="xs" c="dimmed" mt={2}>
            {job.message}
          </Text>
        </div>
      ) : null}
      {job.error?.code.startsWith("model.") ? (
        <Anchor component={Link} href="/settings/models" size="sm">
          {t.getModel}
        </Anchor>
      ) : null}
      {job.error === null ? null : <ProblemAlert error={{ data: { ...job.error, retryable: true } }} />}
      <JobLinks job={job} neededBy={neededBy} />
      {maySteer ? (
        <Group gap="xs">
          {isOpen && !job.paused ? (
            <Button size="compact-sm" variant="default" onClick={act(() => client.queue.pause({ id }))}>
              {t.pause}
            </Button>
          ) : null}
          {job.paused ? (
            <Button size="compact-sm" variant="default" onClick={act(() => client.queue.resume({ id }))}>
              {t.resume}
            </Button>
          ) : null}
          {isOpen ? (
            <Button size="compact-sm" variant="default" color="red" onClick={act(() => client.queue.cancel({ id }))}>
              {t.cancel}
            </Button>
          ) : null}
          {isEnded(job) ? (
            <>
              <RetryButtons job={job} act={act} />
              <Button
                size="compact-sm"
                variant="default"
                onClick={() =>
                  void runAndNotify(() => client.queue.dismiss({ id })).then((done) => done && go("/queue"))
                }
              >
                {t.dismiss}
              </Button>
            </>
          ) : null}
          {isOpen ? (
            <Select
              size="xs"
              w={110}
              aria-label={t.priority}
              data={["1", "2", "3", "4", "5"].map((value) => ({ value, label: `${t.priority} ${value}` }))}
              value={String(job.priority)}
              onChange={(value) =>
                value !== null && void act(() => client.queue.prioritise({ id, priority: Number(value) }))()
              }
            />
          ) : null}
        </Group>
      ) : null}
      {job.type === "process" && isOpen ? (
        <Card withBorder padding="sm">
          <Text size="sm" fw={600} mb={4}>
            {t.words}
          </Text>
          <LiveText id={id} />
        </Card>
      ) : null}
      <Text size="sm" fw={600}>
        {t.steps}
      </Text>
      <Stack gap={2}>
        {steps.map(({ name, status, elapsedMs }) => (
          <Group key={name} justify="space-between">
            <Text size="sm">{name}</Text>
            <Text size="sm" c="dimmed">
              {status === "completed" ? duration(elapsedMs) : status}
            </Text>
          </Group>
        ))}
      </Stack>
      <Text size="sm" fw={600}>
        {t.history}
      </Text>
      <Timeline bulletSize={10} lineWidth={2} active={history.length}>
        {history.toReversed().map(({ id: row, message, createdDate }) => (
          <Timeline.Item key={row}>
            <Text size="sm">{message}</Text>
            <Text size="xs" c="dimmed">
              {moment(createdDate)}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Stack>
  );
}
