/** The health screen: services, checks of this machine, backups and the log. */
import { Button, Card, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useSession } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { CheckList } from "../../ui/check-list.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Backups } from "./backups.tsx";
import { Logs } from "./logs.tsx";
import { Services } from "./services.tsx";

const t = texts.health;
/** What is wrong comes first. */
const ranks = { error: 0, warning: 1, ok: 2 } as const;

export function Health() {
  const isAdmin = useSession().data?.person?.role === "admin";
  const health = useQuery(api.station.health.queryOptions({ staleTime: minuteMs }));
  const cache = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const refresh = async (): Promise<void> => {
    setIsAsking(true);
    const asked = runAndNotify(() => client.station.services({ fresh: true }));
    const [services] = await Promise.all([asked, health.refetch()]);
    if (services !== undefined) cache.setQueryData(api.station.services.queryKey({ input: {} }), services);
    setIsAsking(false);
  };
  return (
    <Screen
      title={t.title}
      actions={
        <Button size="xs" variant="default" onClick={() => void refresh()} loading={isAsking || health.isFetching}>
          {t.check}
        </Button>
      }
    >
      <Services />
      <Stack gap="xs">
        <Text fw={600} component="h2" size="md" m={0}>
          {t.checks}
        </Text>
        {health.error ? <ProblemAlert error={health.error} onRetry={() => void health.refetch()} /> : null}
        {health.data === undefined && health.isFetching ? <Text c="dimmed">{t.checking}</Text> : null}
        <Card withBorder padding={0}>
          <CheckList checks={(health.data ?? []).toSorted((a, b) => ranks[a.status] - ranks[b.status])} />
        </Card>
      </Stack>
      {isAdmin ? <Backups /> : null}
      <Logs />
    </Screen>
  );
}
