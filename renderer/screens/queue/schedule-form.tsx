/** The dialog for one schedule: its times, and of one's own also what is done and for which cities. */
import { Button, Group, Modal, MultiSelect, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ScheduleView } from "../../../electron/contract/api/schedules.ts";
import { scheduleActions } from "../../../electron/contract/terms.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { capitalize, moment } from "../../ui/format.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.work.schedules;
const typingMs = 300;
const newCron = "0 6 * * *";

interface ScheduleFormProps {
  /** Null: a new one. */
  readonly schedule: ScheduleView | null;
  readonly title: string;
  readonly onClose: () => void;
}

export function ScheduleForm({ schedule, title, onClose }: ScheduleFormProps) {
  const [name, setName] = useState(schedule?.name ?? "");
  const [cron, setCron] = useState(schedule?.cron ?? newCron);
  const [action, setAction] = useState(schedule?.action ?? "scan");
  const [cities, setCities] = useState<readonly string[]>(schedule?.cities ?? []);
  const [error, setError] = useState<unknown>();
  const [typed] = useDebouncedValue(cron.trim(), typingMs);
  const next = useQuery(api.schedules.next.queryOptions({ input: { cron: typed }, enabled: typed !== "" }));
  const known = useQuery(api.station.cities.queryOptions({ meta: { calm: true } }));
  const isBuiltIn = schedule?.isBuiltIn ?? false;
  const act = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      onClose();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const save = (): Promise<unknown> => {
    const own = { action, cities: [...cities] };
    if (schedule === null) return client.schedules.add({ name: name.trim(), cron, ...own });
    return client.schedules.change({ name: schedule.name, cron, ...(isBuiltIn ? {} : own) });
  };
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(save);
        }}
      >
        <Stack gap="sm">
          {schedule === null ? (
            <TextInput label={t.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required />
          ) : null}
          <TextInput
            label={t.cron}
            description={t.cronLead}
            value={cron}
            onChange={(event) => setCron(event.currentTarget.value)}
            error={next.data?.problem == null ? undefined : capitalize(next.data.problem)}
            required
          />
          {(next.data?.dates ?? []).length === 0 ? null : (
            <Text size="sm" c="dimmed">
              {t.nextTimes}: {next.data?.dates.map(moment).join("; ")}
            </Text>
          )}
          {isBuiltIn ? null : (
            <>
              <Select
                label={t.action}
                data={scheduleActions.map((value) => ({ value, label: t.names[value] }))}
                value={action}
                onChange={(value) => setAction(scheduleActions.find((each) => each === value) ?? "scan")}
                allowDeselect={false}
              />
              <MultiSelect
                label={t.cities}
                placeholder={cities.length === 0 ? t.allCities : ""}
                data={known.data ?? []}
                value={[...cities]}
                onChange={setCities}
                clearable
              />
            </>
          )}
          {error === undefined ? null : <ProblemAlert error={error} />}
          <Group justify="space-between">
            {schedule === null || isBuiltIn ? (
              <span />
            ) : (
              <Button
                variant="default"
                c="red"
                onClick={() => void act(() => client.schedules.remove({ name: schedule.name }))}
              >
                {t.remove}
              </Button>
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t.cancel}
              </Button>
              <Button type="submit">{t.save}</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
