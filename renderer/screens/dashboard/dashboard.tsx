/** The dashboard: today's work at a glance. */
import { Card, Grid, SimpleGrid, Skeleton, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { useLive } from "../../station/live.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Notices, RunningJobs, Storage } from "./cards.tsx";
import { Charts } from "./charts.tsx";
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
            {data === undefined ? <Skeleton h={260} /> : <Charts figures={data} />}
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack gap="sm">
            <RunningJobs jobs={queue?.jobs ?? []} />
            <Storage disks={data?.storage ?? []} />
            <Notices />
          </Stack>
        </Grid.Col>
      </Grid>
    </Screen>
  );
}
