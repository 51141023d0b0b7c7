/** The station's log, live. */
import { Badge, Group, Select, Stack, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { moment } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.health;
const levelColors = { error: "red", warn: "orange", info: "gray", debug: "gray" } as const;

export function Logs() {
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
              // biome-ignore lint/suspicious/noArrayIndexKey: log lines have no id
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
