/** Publishing of many meetings: what will happen with each, why some are left out, and what became of them. */
import { Anchor, Badge, Button, Checkbox, Group, Modal, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.publishing.many;

type Plan = Awaited<ReturnType<typeof client.library.previewPublish>>["meetings"][number];
type Result = Awaited<ReturnType<typeof client.library.publish>>[number];

interface PublishDialogProps {
  readonly ids: readonly string[];
  /** @param isDone whether meetings were published */
  readonly onClose: (isDone: boolean) => void;
}

export function PublishDialog({ ids, onClose }: PublishDialogProps) {
  const [captions, setCaptions] = useState(true);
  const [results, setResults] = useState<ReadonlyMap<string, Result>>();
  const [isBusy, setBusy] = useState(false);
  const options = captions ? {} : { captions };
  const plan = useQuery(
    api.library.previewPublish.queryOptions({ input: { ids: [...ids], ...options }, retry: false }),
  );
  const meetings = plan.data?.meetings ?? [];
  const ready = meetings.filter(({ reasons }) => reasons.length === 0);
  const publish = async (): Promise<void> => {
    setBusy(true);
    // Exactly those that the dialog has shown as ready: nothing comes along that became so in the meantime.
    const done = await runAndNotify(() => client.library.publish({ ids: ready.map(({ id }) => id), ...options }));
    setBusy(false);
    if (done !== undefined) setResults(new Map(done.map((result) => [result.id, result])));
  };
  return (
    <Modal
      opened
      onClose={() => onClose(results !== undefined)}
      title={t.title(ids.length)}
      size="xl"
      closeButtonProps={{ "aria-label": t.close }}
    >
      <Stack gap="sm">
        {plan.error ? <ProblemAlert error={plan.error} onRetry={() => void plan.refetch()} /> : null}
        {plan.data === undefined ? <Text size="sm">{texts.loading}</Text> : null}
        {plan.data === undefined ? null : results === undefined ? (
          <Summary meetings={meetings} />
        ) : (
          <Outcome results={results} />
        )}
        {meetings.length === 0 ? null : <Meetings meetings={meetings} results={results} />}
        {results === undefined ? (
          <Group justify="space-between">
            <Checkbox
              label={t.withCaptions}
              checked={captions}
              onChange={(event) => setCaptions(event.currentTarget.checked)}
            />
            <Group gap="xs">
              <Button variant="default" onClick={() => onClose(false)}>
                {t.cancel}
              </Button>
              <Button onClick={() => void publish()} disabled={ready.length === 0} loading={isBusy}>
                {t.start(ready.length)}
              </Button>
            </Group>
          </Group>
        ) : (
          <Group justify="flex-end" gap="md">
            <Anchor component={Link} href="/queue" size="sm">
              {t.queue}
            </Anchor>
            <Button onClick={() => onClose(true)}>{t.close}</Button>
          </Group>
        )}
      </Stack>
    </Modal>
  );
}

function Summary({ meetings }: { readonly meetings: readonly Plan[] }) {
  const leftOut = meetings.filter(({ reasons }) => reasons.length > 0).length;
  const ready = meetings.length - leftOut;
  return (
    <Text size="sm">
      {ready === 0 ? t.none : `${t.willPublish(ready)}.`} {leftOut === 0 ? "" : `${t.leftOut(leftOut)}.`}
    </Text>
  );
}

function Outcome({ results }: { readonly results: ReadonlyMap<string, Result> }) {
  const failed = [...results.values()].filter(({ problem }) => problem !== null).length;
  return (
    <Text size="sm" role="status">
      {t.done(results.size - failed)}.{failed === 0 ? "" : ` ${t.failed(failed)}.`}
    </Text>
  );
}

interface MeetingsProps {
  readonly meetings: readonly Plan[];
  readonly results: ReadonlyMap<string, Result> | undefined;
}

function Meetings({ meetings, results }: MeetingsProps) {
  return (
    <Table.ScrollContainer minWidth={520} mah="55vh">
      <Table striped fz="sm" verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.columns.meeting}</Table.Th>
            <Table.Th>{t.columns.date}</Table.Th>
            <Table.Th>{t.columns.what}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {meetings.map((plan) => (
            <Table.Tr key={plan.id}>
              <Table.Td style={{ overflowWrap: "anywhere" }}>
                <Anchor component={Link} href={`/meeting/${plan.id}?tab=publish`} size="sm">
                  {plan.title}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {[plan.city, plan.filename].filter(Boolean).join(" · ")}
                </Text>
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{plan.date ?? texts.library.noDate}</Table.Td>
              <Table.Td>
                <What plan={plan} result={results?.get(plan.id)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function What({ plan, result }: { readonly plan: Plan; readonly result: Result | undefined }) {
  const problem = result?.problem?.message;
  const reasons = problem === undefined ? plan.reasons : [problem];
  if (reasons.length > 0) {
    return reasons.map((reason) => (
      <Text key={reason} size="sm" c="orange">
        {capitalize(reason)}
      </Text>
    ));
  }
  if (result !== undefined) {
    return (
      <Badge variant="light" tt="none" color="teal">
        {t.queued}
      </Badge>
    );
  }
  return <Text size="sm">{plan.isPublished ? t.again : t.first}</Text>;
}
