/** Dashboard cards: running jobs, free disk space, and recent messages of the station. */

import { Anchor, Card, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { Job } from "../../../electron/contract/api/queue.ts";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { ago } from "../../ui/format.ts";
import type { Figures } from "./charts.tsx";

const t = texts.dashboard;

export function RunningJobs({ jobs }: { readonly jobs: readonly Job[] }) {
  return (
    <Card withBorder padding="md">
      <Text size="sm" fw={600} mb="xs">
        {t.recent}
      </Text>
      {jobs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.nothingRuns}
        </Text>
      ) : (
        <Stack gap="sm">
          {jobs.map(({ job_id, title, message, progress }) => (
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
  );
}

export function Storage({ disks }: { readonly disks: Figures["storage"] }) {
  return (
    <Card withBorder padding="md">
      <Text size="sm" fw={600} mb="xs">
        {t.storage}
      </Text>
      <Stack gap="xs">
        {disks.map(({ name, totalBytes, freeBytes }) => {
          const used = totalBytes === 0 ? 0 : (1 - freeBytes / totalBytes) * 100;
          return (
            <div key={name}>
              <Group justify="space-between" gap="xs">
                <Text size="sm">{name}</Text>
                <Text size="xs" c="dimmed">
                  {t.free(formatBytes(freeBytes), formatBytes(totalBytes))}
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
  );
}

export function Notices() {
  const notices = useQuery(api.station.notices.queryOptions());
  return (
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
  );
}
