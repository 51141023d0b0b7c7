/** The report of a batch as a page, which can be printed. */
import { Alert, Anchor, Button, Card, Code, List, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import type { CityReport } from "../../../electron/contract/api/batches.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { duration, moment, score } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";

const t = texts.work.report;

export function BatchReport({ id }: { readonly id: string }) {
  const report = useQuery(api.batches.report.queryOptions({ input: { id } }));
  const { data } = report;
  return (
    <Screen
      title={data === undefined ? t.title : `${t.title}: ${data.batch.name}`}
      actions={
        <>
          <Button className="unprinted" variant="default" component={Link} href="/queue?show=batches">
            {t.back}
          </Button>
          <Button className="unprinted" onClick={() => window.print()} disabled={data === undefined}>
            {t.print}
          </Button>
        </>
      }
    >
      {report.error ? <ProblemAlert error={report.error} onRetry={() => void report.refetch()} /> : null}
      {data === undefined ? null : (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t.begun(moment(data.batch.createdDate))}
            {data.batch.completedDate === null ? "" : ` · ${t.ended(moment(data.batch.completedDate))}`}
          </Text>
          {data.batch.completedDate === null ? (
            <Alert color="blue" py="xs">
              {t.atWork} {texts.work.batches.percent(data.batch.progress)}
            </Alert>
          ) : null}
          {data.reports.length === 0 ? <Text>{t.nothing}</Text> : null}
          {data.reports.map((city) => (
            <CitySection key={city.city} report={city} />
          ))}
          {data.folder === null ? null : (
            <Text size="sm" c="dimmed">
              {t.folder}: <Code style={{ overflowWrap: "anywhere" }}>{data.folder}</Code>
            </Text>
          )}
        </Stack>
      )}
    </Screen>
  );
}

const states: Readonly<Record<string, string | undefined>> = texts.queue.states;
const time = (seconds: number | null): string => (seconds === null ? "" : duration(seconds * 1000));

function CitySection({ report: { city, recordings, refused } }: { readonly report: CityReport }) {
  const done = recordings.filter(({ status }) => status === "completed").length;
  return (
    <Card withBorder component="section" aria-label={city} style={{ breakInside: "avoid-page" }}>
      <Title order={2} size="h4">
        {city}
      </Title>
      <Text size="sm" mb="xs">
        {t.doneCount(done, recordings.length)}
      </Text>
      <Table verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            {[t.recording, t.state, t.length, t.took, t.score, t.files].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {recordings.map((each, index) => (
            <Table.Tr key={each.job_id ?? `${each.recording} ${index}`}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                {each.transcription_id === null ? (
                  each.recording
                ) : (
                  <Anchor component={Link} href={`/meeting/${each.transcription_id}`} size="sm">
                    {each.recording}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td>
                {states[each.status] ?? each.status}
                {each.needs_review ? `, ${t.needsReview}` : ""}
                {each.cause === null || each.status === "completed" ? null : (
                  <Text size="xs" c="dimmed">
                    {each.cause}. {each.remedy}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{time(each.duration_seconds)}</Table.Td>
              <Table.Td>{time(each.processing_seconds)}</Table.Td>
              <Table.Td>{each.quality_score === null ? "" : score(each.quality_score)}</Table.Td>
              <Table.Td style={{ overflowWrap: "anywhere" }}>{each.folder ?? ""}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {refused.length === 0 ? null : (
        <>
          <Text fw={600} size="sm" mt="sm">
            {t.notTaken}
          </Text>
          <List size="sm">
            {refused.map(({ path, reason }) => (
              <List.Item key={path} style={{ overflowWrap: "anywhere" }}>
                {path}: {reason}
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Card>
  );
}
