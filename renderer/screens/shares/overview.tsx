/** The state of each share, and what was found on it. */

import { Badge, Card, Code, Progress, Stack, Table, Text } from "@mantine/core";
import { IconBuildingCommunity } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { ago } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.shares;
const colors = { healthy: "teal", degraded: "orange", unhealthy: "red", unknown: "gray" } as const;

export function Overview() {
  const shares = useQuery(api.station.shares.queryOptions());
  const waiting = useQuery(api.station.waiting.queryOptions());
  return (
    <Stack gap="md">
      {shares.error ? <ProblemAlert error={shares.error} onRetry={() => void shares.refetch()} /> : null}
      {shares.data?.length === 0 ? (
        <Card withBorder>
          <Empty icon={<IconBuildingCommunity size={40} stroke={1.3} />} title={t.none} lead={t.noneLead} />
        </Card>
      ) : (
        <Table.ScrollContainer minWidth={800}>
          <Table withTableBorder verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {[t.share, t.role, t.health, t.free, t.files].map((title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {(shares.data ?? []).map(
                ({
                  label,
                  path,
                  role,
                  status,
                  message,
                  totalBytes,
                  freeBytes,
                  checkedDate,
                  scannedDate,
                  mountCommand,
                  files,
                }) => (
                  <Table.Tr key={label}>
                    <Table.Td>
                      <Text size="sm" fw={600}>
                        {label}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {path}
                      </Text>
                    </Table.Td>
                    <Table.Td>{role}</Table.Td>
                    <Table.Td maw={360}>
                      <Badge variant="light" tt="none" color={colors[status]}>
                        {status}
                      </Badge>
                      <Text size="xs">{message}</Text>
                      {mountCommand !== null && status === "unhealthy" ? (
                        <Text size="xs">
                          {t.mount} <Code>{mountCommand}</Code>
                        </Text>
                      ) : null}
                      {checkedDate === null ? null : (
                        <Text size="xs" c="dimmed">
                          {ago(checkedDate)}
                        </Text>
                      )}
                    </Table.Td>
                    <Table.Td miw={140}>
                      {totalBytes === null || freeBytes === null ? null : (
                        <>
                          <Text size="xs">{texts.dashboard.free(formatBytes(freeBytes), formatBytes(totalBytes))}</Text>
                          <Progress size="sm" value={(1 - freeBytes / totalBytes) * 100} aria-label={label} />
                        </>
                      )}
                    </Table.Td>
                    <Table.Td>
                      {scannedDate === null ? null : (
                        <Text size="xs" c="dimmed">
                          {t.scanned(ago(scannedDate))}
                        </Text>
                      )}
                      {Object.entries(files).map(([state, count]) => (
                        <Text key={state} size="xs">
                          {count} {t.states[state] ?? state}
                        </Text>
                      ))}
                    </Table.Td>
                  </Table.Tr>
                ),
              )}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Stack gap="xs">
        <Text fw={600}>{t.waiting}</Text>
        {(waiting.data ?? []).length === 0 ? (
          <Text size="sm" c="dimmed">
            {t.noWaiting}
          </Text>
        ) : (
          <Table withTableBorder verticalSpacing="xs">
            <Table.Tbody>
              {(waiting.data ?? []).map(({ id, share, path, city, state, bytes, date, problem }) => (
                <Table.Tr key={id}>
                  <Table.Td>{path}</Table.Td>
                  <Table.Td>{city ?? share}</Table.Td>
                  <Table.Td>{date}</Table.Td>
                  <Table.Td>{formatBytes(bytes)}</Table.Td>
                  <Table.Td c={state === "refused" ? "red" : undefined}>
                    {t.states[state] ?? state} {problem}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Stack>
  );
}
