/** Today's work at a glance. */

import { Anchor, Card, Grid, Group, Progress, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { useLive } from "../../station/live.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ago, duration, score, size } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Bars } from "./bars.tsx";
import { FirstSteps } from "./first-steps.tsx";

const t = texts.dashboard;

function Figure({
  title,
  value,
  href,
  color,
}: {
  title: string;
  value: number | undefined;
  href: string;
  color?: string;
}) {
  return (
    <Card withBorder padding="sm" component={Link} href={href} style={{ color: "inherit", textDecoration: "none" }}>
      <Text size="sm" c="dimmed">
        {title}
      </Text>
      <Text size="1.8rem" fw={650} lh={1.2} c={value !== undefined && value > 0 ? color : undefined}>
        {value ?? "–"}
      </Text>
    </Card>
  );
}

export function Dashboard({ role }: { readonly role: Role }) {
  const figures = useQuery(api.station.figures.queryOptions());
  const notices = useQuery(api.station.notices.queryOptions());
  const queue = useLive("running", (signal) => client.queue.watch({ states: ["running"], limit: 10 }, { signal }));
  const { data } = figures;
  const counts = queue?.counts ?? data?.counts;
  return (
    <Screen title={t.title}>
      {figures.error ? <ProblemAlert error={figures.error} onRetry={() => void figures.refetch()} /> : null}
      {mayAct(role, "admin") ? <FirstSteps /> : null}
      <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm">
        <Figure title={t.running} value={counts?.running} href="/queue" />
        <Figure
          title={t.waiting}
          value={counts === undefined ? undefined : counts.queued + counts.waiting}
          href="/queue"
        />
        <Figure title={t.review} value={data?.waitingForReview} href="/library?status=needs_review" color="orange" />
        <Figure title={t.failed} value={data?.failed} href="/queue?show=failed" color="red" />
        <Figure title={t.unpublished} value={data?.unpublished} href="/library?published=no" />
      </SimpleGrid>
      <Grid gap="sm">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card withBorder padding="md" h="100%">
            {data === undefined ? (
              <Skeleton h={260} />
            ) : (
              <Stack gap="lg">
                <Bars
                  title={t.throughput}
                  values={data.days.map(({ date, minutes }) => ({ date, value: minutes }))}
                  format={(value) => duration(value * minuteMs)}
                />
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
                  <Bars
                    title={t.speed}
                    values={data.days.map(({ date, realTimeFactor }) => ({ date, value: realTimeFactor }))}
                    format={(value) => `${value.toFixed(2)} ×`}
                  />
                  <Bars
                    title={t.quality}
                    values={data.days.map((day) => ({ date: day.date, value: day.score }))}
                    format={score}
                    top={1}
                  />
                  <Bars
                    title={t.human}
                    values={data.days.map(({ date, workedMinutes }) => ({ date, value: workedMinutes || null }))}
                    format={(value) => duration(value * minuteMs)}
                  />
                  <div>
                    <Text size="sm" fw={600}>
                      {t.humanPerHour}
                    </Text>
                    <Text fz={34} fw={700} lh={1.3}>
                      {data.workedPerHour === null ? "–" : duration(data.workedPerHour * minuteMs)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {t.humanLead}
                    </Text>
                  </div>
                </SimpleGrid>
              </Stack>
            )}
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="sm">
            <Card withBorder padding="md">
              <Text size="sm" fw={600} mb="xs">
                {t.recent}
              </Text>
              {queue === undefined || queue.jobs.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t.nothingRuns}
                </Text>
              ) : (
                <Stack gap="sm">
                  {queue.jobs.map(({ job_id, title, message, progress }) => (
                    <div key={job_id}>
                      <Group justify="space-between" wrap="nowrap" gap="xs">
                        <Anchor component={Link} href={`/queue/${job_id}`} size="sm" truncate>
                          {title}
                        </Anchor>
                        <Text size="sm" c="dimmed">
                          {Math.floor(progress)} %
                        </Text>
                      </Group>
                      <Progress value={progress} size="sm" my={4} aria-label={title} />
                      <Text size="xs" c="dimmed" truncate>
                        {message}
                      </Text>
                    </div>
                  ))}
                </Stack>
              )}
            </Card>
            <Card withBorder padding="md">
              <Text size="sm" fw={600} mb="xs">
                {t.storage}
              </Text>
              <Stack gap="xs">
                {(data?.storage ?? []).map(({ name, totalBytes, freeBytes }) => {
                  const used = totalBytes === 0 ? 0 : (1 - freeBytes / totalBytes) * 100;
                  return (
                    <div key={name}>
                      <Group justify="space-between" gap="xs">
                        <Text size="sm">{name}</Text>
                        <Text size="xs" c="dimmed">
                          {t.free(size(freeBytes), size(totalBytes))}
                        </Text>
                      </Group>
                      <Progress
                        value={used}
                        size="sm"
                        color={used > 90 ? "red" : used > 80 ? "orange" : undefined}
                        aria-label={name}
                      />
                    </div>
                  );
                })}
              </Stack>
            </Card>
            <Card withBorder padding="md">
              <Text size="sm" fw={600} mb="xs">
                {t.notices}
              </Text>
              {(notices.data ?? []).length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t.noNotices}
                </Text>
              ) : (
                <Stack gap="xs">
                  {(notices.data ?? []).slice(0, 6).map(({ id, subject, severity, createdDate }) => (
                    <div key={id}>
                      <Text size="sm" c={severity === "error" ? "red" : undefined}>
                        {subject}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {ago(createdDate)}
                      </Text>
                    </div>
                  ))}
                </Stack>
              )}
            </Card>
          </Stack>
        </Grid.Col>
      </Grid>
    </Screen>
  );
}
