/** What the station does by the clock: seen, run, switched on and off, and changed. */
import { Badge, Button, Card, Group, Stack, Switch, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import type { ScheduleView } from "../../../electron/contract/api/schedules.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { capitalize, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { ScheduleForm } from "./schedule-form.tsx";

const t = texts.work.schedules;

/** What a schedule is called on screens. */
const getTitle = ({ isBuiltIn, name, action }: ScheduleView): string => (isBuiltIn ? t.names[action] : name);

export function Schedules({ role }: { readonly role: Role }) {
  const { data, error, refetch } = useQuery(api.schedules.list.queryOptions());
  /** The schedule in the form; null: a new one. */
  const [edited, setEdited] = useState<ScheduleView | null>();
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  const mayChange = mayAct(role, "admin");
  return (
    <Stack gap="sm" style={{ flex: 1, overflow: "auto" }}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t.lead(data.timeZone)}
        </Text>
        {mayChange ? (
          <Button size="xs" onClick={() => setEdited(null)}>
            {t.add}
          </Button>
        ) : null}
      </Group>
      <Card withBorder padding="xs" style={{ flexShrink: 0 }}>
        <Table.ScrollContainer minWidth={720}>
          <Table aria-label={t.title} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                {[t.schedule, t.when, t.next, t.last, t.on].map((title) => (
                  <Table.Th key={title}>{title}</Table.Th>
                ))}
                <Table.Th aria-label={t.run} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.schedules.map((schedule) => (
                <ScheduleRow
                  key={schedule.name}
                  schedule={schedule}
                  role={role}
                  onEdit={() => setEdited(schedule)}
                  onChange={() => void refetch()}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Card>
      {edited === undefined ? null : (
        <ScheduleForm
          schedule={edited}
          title={edited === null ? t.add : t.changeNamed(getTitle(edited))}
          onClose={() => {
            setEdited(undefined);
            void refetch();
          }}
        />
      )}
    </Stack>
  );
}

interface ScheduleRowProps {
  readonly schedule: ScheduleView;
  readonly role: Role;
  readonly onEdit: () => void;
  readonly onChange: () => void;
}

function ScheduleRow({ schedule, role, onEdit, onChange }: ScheduleRowProps) {
  const { name, cron, isOn, obstacle, nextDate, fromEnvironment, cities, action, isBuiltIn } = schedule;
  const [isRunning, setRunning] = useState(false);
  const title = getTitle(schedule);
  const mayChange = mayAct(role, "admin") && fromEnvironment === null;
  const notes = [
    ...(isBuiltIn ? [] : [t.names[action]]),
    ...(cities.length === 0 ? [] : [cities.join(", ")]),
    ...(obstacle === null ? [] : [obstacle]),
    ...(fromEnvironment === null ? [] : [t.fromEnvironment(fromEnvironment)]),
  ];
  const run = async (): Promise<void> => {
    setRunning(true);
    await runAndNotify(
      () => client.schedules.run({ name }),
      ({ message }) => t.ran(title, message),
    );
    setRunning(false);
    onChange();
  };
  const toggle = async (wanted: boolean): Promise<void> => {
    await runAndNotify(() => client.schedules.change({ name, isOn: wanted }));
    onChange();
  };
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm">{title}</Text>
        {notes.map((note) => (
          <Text key={note} size="xs" c="dimmed">
            {note}
          </Text>
        ))}
      </Table.Td>
      <Table.Td>
        <Text size="sm" ff="monospace" style={{ whiteSpace: "nowrap" }}>
          {cron}
        </Text>
      </Table.Td>
      <Table.Td>{nextDate === null ? t.off : moment(nextDate)}</Table.Td>
      <Table.Td>
        <LastRun schedule={schedule} />
      </Table.Td>
      <Table.Td>
        <Switch
          checked={isOn}
          disabled={!mayChange}
          aria-label={t.switchOn(title)}
          onChange={(event) => void toggle(event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <Group gap="xs" wrap="nowrap" justify="flex-end">
          {mayAct(role, "operator") ? (
            <Button
              size="compact-sm"
              variant="default"
              loading={isRunning}
              aria-label={t.runNamed(title)}
              onClick={() => void run()}
            >
              {t.run}
            </Button>
          ) : null}
          {mayChange ? (
            <Button size="compact-sm" variant="default" aria-label={t.changeNamed(title)} onClick={onEdit}>
              {t.change}
            </Button>
          ) : null}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function LastRun({ schedule: { last } }: { readonly schedule: ScheduleView }) {
  if (last === null) return t.never;
  if (last.completedDate === null) {
    return (
      <Badge variant="light" tt="none">
        {t.running}
      </Badge>
    );
  }
  return (
    <>
      <Text size="sm">{moment(last.completedDate)}</Text>
      <Text size="xs" c={last.outcome === "failed" ? "red" : "dimmed"}>
        {last.outcome === "failed" ? `${t.failed}: ` : ""}
        {capitalize(last.message ?? "")}
      </Text>
    </>
  );
}
