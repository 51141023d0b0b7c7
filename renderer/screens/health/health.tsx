/** What is well and what is not, and the log. */

import { Badge, Button, Card, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { minuteMs } from "../../../electron/captions/time/durations.ts";
import { api } from "../../station/queries.ts";
import { useSession } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Backups } from "./backups.tsx";

const t = texts.health;
const colors = { ok: "teal", warning: "orange", error: "red" } as const;
const levelColors = { error: "red", warn: "orange", info: "gray", debug: "gray" } as const;

function Logs() {
  const [name, setName] = useState<keyof typeof t.names>("application");
  const [level, setLevel] = useState<keyof typeof t.levels>("info");
  const [text, setText] = useState("");
  const [sought] = useDebouncedValue(text, 250);
  const log = useQuery(
    api.station.logs.queryOptions({
      input: { name, level, text: sought, limit: 300 },
      placeholderData: keepPreviousData,
      refetchInterval: 3_000,
      retry: false,
    }),
  );
  const choices = <T extends string>(all: Readonly<Record<T, string>>) =>
    Object.entries<string>(all).map(([value, label]) => ({ value, label }));
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Text fw={600}>{t.logs}</Text>
        <Select
          size="xs"
          w={150}
          aria-label={t.log}
          data={choices(t.names)}
          value={name}
          onChange={(value) => setName(value as typeof name)}
        />
        <Select
          size="xs"
          w={130}
          aria-label={t.level}
          data={choices(t.levels)}
          value={level}
          onChange={(value) => setLevel(value as typeof level)}
        />
        <TextInput
          size="xs"
          aria-label={t.text}
          placeholder={t.text}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          type="search"
        />
        <Text size="xs" c="dimmed">
          {log.data?.file}
        </Text>
      </Group>
      {log.error ? <ProblemAlert error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.data?.lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t.noLines}
        </Text>
      ) : (
        <Table verticalSpacing={2} withTableBorder>
          <Table.Tbody>
            {(log.data?.lines ?? []).map(({ date, level: own, message, details }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines have nothing of their own
              <Table.Tr key={index}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  <Text size="xs">{moment(date)}</Text>
                </Table.Td>
                <Table.Td>
                  <Badge size="xs" variant="light" color={levelColors[own]}>
                    {own}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="xs">{message}</Text>
                  {details === "" ? null : (
                    <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }} lineClamp={3}>
                      {details}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

export function Health() {
  const isAdmin = useSession().data?.person?.role === "admin";
  const health = useQuery(api.station.health.queryOptions({ staleTime: minuteMs }));
  return (
    <Screen
      title={t.title}
      actions={
        <Button size="xs" variant="default" onClick={() => void health.refetch()} loading={health.isFetching}>
          {t.look}
        </Button>
      }
    >
      {health.error ? <ProblemAlert error={health.error} onRetry={() => void health.refetch()} /> : null}
      {health.data === undefined && health.isFetching ? <Text c="dimmed">{t.looking}</Text> : null}
      <Card withBorder padding={0}>
        <Table verticalSpacing="xs">
          <Table.Tbody>
            {(health.data ?? []).map(({ name, status, detail, remedy }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several shares may have one name for a finding
              <Table.Tr key={`${name} ${index}`}>
                <Table.Td w={150}>{name}</Table.Td>
                <Table.Td w={110}>
                  <Badge variant="light" tt="none" color={colors[status]}>
                    {t.status[status]}
                  </Badge>
                </Table.Td>
                <Table.Td>
                  <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                    {detail}
                  </Text>
                  {remedy === null ? null : (
                    <Text size="sm" c="orange">
                      {remedy}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      {isAdmin ? <Backups /> : null}
      <Logs />
    </Screen>
  );
}
