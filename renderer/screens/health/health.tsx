/** The health screen: checks, backups and the log. */
import { Button, Card, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import { api } from "../../station/queries.ts";
import { useSession } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { CheckList } from "../../ui/check-list.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Backups } from "./backups.tsx";
import { Logs } from "./logs.tsx";

const t = texts.health;

export function Health() {
  const isAdmin = useSession().data?.person?.role === "admin";
  const health = useQuery(api.station.health.queryOptions({ staleTime: minuteMs }));
  return (
    <Screen
      title={t.title}
      actions={
        <Button size="xs" variant="default" onClick={() => void health.refetch()} loading={health.isFetching}>
          {t.check}
        </Button>
      }
    >
      {health.error ? <ProblemAlert error={health.error} onRetry={() => void health.refetch()} /> : null}
      {health.data === undefined && health.isFetching ? <Text c="dimmed">{t.checking}</Text> : null}
      <Card withBorder padding={0}>
        <CheckList checks={health.data ?? []} />
      </Card>
      {isAdmin ? <Backups /> : null}
      <Logs />
    </Screen>
  );
}
