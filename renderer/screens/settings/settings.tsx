/** Every setting with its meaning, the models, and the people. */
import {
  Button,
  Card,
  Code,
  Group,
  PasswordInput,
  Progress,
  ScrollArea,
  Select,
  Stack,
  Switch,
  Table,
  Tabs,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAct, type Role, roles } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { useSaveSettings, useSettings } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { size } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { Dictionaries } from "../dictionary/dictionaries.tsx";
import { type Setting, SettingInput } from "./setting-input.tsx";
import { SettingTrial } from "./setting-trial.tsx";

const t = texts.settings;

/** What of a group can be tried out, with the values as they stand in the fields. */
function GroupTrial({ group, changes }: { readonly group: string; readonly changes: ReadonlyMap<string, unknown> }) {
  const own = (key: string): never => changes.get(key) as never;
  const changed = (key: string, name: string) => (changes.has(key) ? { [name]: own(key) } : {});
  if (group === "cablecast") {
    return <SettingTrial label={t.try.cablecast} trial={{ what: "cablecast", ...changed("cablecast.url", "url") }} />;
  }
  if (group === "media") {
    const paths = { ...changed("media.ffmpegPath", "ffmpegPath"), ...changed("media.ffprobePath", "ffprobePath") };
    return <SettingTrial label={t.try.ffmpeg} trial={{ what: "ffmpeg", ...paths }} />;
  }
  if (group === "speech") {
    const options = { ...changed("speech.model", "model"), ...changed("speech.language", "language") };
    return <SettingTrial label={t.try.model} trial={{ what: "model", ...options }} />;
  }
  return null;
}

/** Settings that have forms of their own. */
const inForms = new Set(["shares.servers", "cities.members"]);

function AllSettings({ mayChange }: { readonly mayChange: boolean }) {
  const all = useSettings();
  const keep = useSaveSettings();
  const [filter, setFilter] = useState("");
  const [changes, setChanges] = useState<ReadonlyMap<string, unknown>>(new Map());
  const wanted = filter.trim().toLowerCase();
  const shown = (all.data?.settings ?? []).filter(
    ({ key, description }) => !inForms.has(key) && `${key} ${description}`.toLowerCase().includes(wanted),
  );
  const groups = Map.groupBy(shown, ({ key }) => key.split(".")[0] ?? "");
  const change = ({ key, value: before }: Setting, value: unknown): void => {
    const next = new Map(changes);
    if (JSON.stringify(before) === JSON.stringify(value)) next.delete(key);
    else next.set(key, value);
    setChanges(next);
  };
  const save = async (): Promise<void> => {
    if (await keep(Object.fromEntries(changes))) setChanges(new Map());
  };
  return (
    <Stack gap="sm" h="100%">
      <Group justify="space-between">
        <TextInput
          placeholder={t.filter}
          aria-label={t.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          w={320}
          type="search"
        />
        {changes.size > 0 ? (
          <Group gap="xs">
            <Button size="xs" onClick={() => void save()}>
              {t.save(changes.size)}
            </Button>
            <Button size="xs" variant="subtle" color="gray" onClick={() => setChanges(new Map())}>
              {t.discard}
            </Button>
          </Group>
        ) : null}
      </Group>
      {all.error ? <ProblemAlert error={all.error} onRetry={() => void all.refetch()} /> : null}
      <ScrollArea viewportProps={{ tabIndex: 0 }} style={{ flex: 1 }} type="auto">
        <Stack gap="lg" pr="md">
          {[...groups].map(([group, settings]) => (
            <div key={group}>
              <Title order={2} size="h5" tt="capitalize" mb={4}>
                {group}
              </Title>
              {mayChange ? <GroupTrial group={group} changes={changes} /> : null}
              {settings.map((setting) => (
                <SettingInput
                  key={setting.key}
                  setting={setting}
                  value={changes.has(setting.key) ? changes.get(setting.key) : setting.value}
                  isChanged={changes.has(setting.key)}
                  mayChange={mayChange}
                  onChange={(value) => change(setting, value)}
                />
              ))}
            </div>
          ))}
          {all.data === undefined ? null : (
            <Text size="xs" c="dimmed">
              {t.file} <Code>{all.data.file}</Code>. {t.inForms} {mayChange ? "" : t.onlyAdmins}
            </Text>
          )}
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

function Models({ mayChange }: { readonly mayChange: boolean }) {
  const models = useQuery(
    api.station.models.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(({ progress }) => progress !== null) ? 1_000 : false),
    }),
  );
  return (
    <Table verticalSpacing="xs" maw={900}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{texts.intake.model}</Table.Th>
          <Table.Th>{texts.meeting.language}</Table.Th>
          <Table.Th>{t.size}</Table.Th>
          <Table.Th aria-label={t.fetch} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {(models.data ?? []).map(({ name, note, bytes, isThere: pathExists, progress, problem }) => (
          <Table.Tr key={name}>
            <Table.Td>{name}</Table.Td>
            <Table.Td>{note}</Table.Td>
            <Table.Td>{size(bytes)}</Table.Td>
            <Table.Td miw={260}>
              {progress !== null ? (
                <Progress value={progress * 100} aria-label={name} />
              ) : pathExists ? (
                <Text size="sm" c="teal">
                  {t.there}
                </Text>
              ) : (
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={!mayChange}
                  aria-label={`${t.fetch}: ${name}`}
                  onClick={() =>
                    void runAndNotify(() => client.station.pullModel({ name })).then(() => models.refetch())
                  }
                >
                  {t.fetch}
                </Button>
              )}
              {problem === null ? null : (
                <Text size="xs" c="red">
                  {problem}
                </Text>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function WriteLock() {
  const people = useQuery(api.session.people.queryOptions());
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const change = (work: () => Promise<unknown>): void => void runAndNotify(work).then(() => people.refetch());
  return (
    <Stack gap="md" maw={760}>
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {(people.data ?? []).map(({ id, name: own, role: ownRole, active }) => (
            <Table.Tr key={id}>
              <Table.Td>{own}</Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={130}
                  aria-label={`${t.role}: ${own}`}
                  data={roles.map((value) => ({ value, label: t.roles[value] }))}
                  value={ownRole}
                  onChange={(value) => change(() => client.session.changePerson({ id, role: value as Role }))}
                />
              </Table.Td>
              <Table.Td>
                <Switch
                  size="xs"
                  label={t.active}
                  checked={active}
                  onChange={(event) =>
                    change(() => client.session.changePerson({ id, active: event.currentTarget.checked }))
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Card withBorder padding="md">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            change(async () => {
              await client.session.addPerson({ name, password, role });
              setName("");
              setPassword("");
            });
          }}
        >
          <Group align="flex-end">
            <TextInput
              label={t.name}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              autoComplete="off"
            />
            <PasswordInput
              label={t.password}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              minLength={8}
              required
              w={180}
              autoComplete="new-password"
            />
            <Select
              label={t.role}
              w={130}
              data={roles.map((value) => ({ value, label: t.roles[value] }))}
              value={role}
              onChange={(value) => setRole((value ?? "operator") as Role)}
            />
            <Button type="submit">{t.addPerson}</Button>
          </Group>
        </form>
      </Card>
    </Stack>
  );
}

export function Settings({ role }: { readonly role: Role }) {
  const isAdmin = mayAct(role, "admin");
  return (
    <Screen title={t.title} fills>
      <Tabs
        defaultValue="general"
        style={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="general">{t.general}</Tabs.Tab>
          <Tabs.Tab value="models">{t.models}</Tabs.Tab>
          <Tabs.Tab value="dictionaries">{t.dictionaries}</Tabs.Tab>
          {isAdmin ? <Tabs.Tab value="people">{t.people}</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="general" pt="md" style={{ flex: 1, minHeight: 0 }}>
          <AllSettings mayChange={isAdmin} />
        </Tabs.Panel>
        <Tabs.Panel value="models" pt="md" style={{ overflow: "auto" }}>
          <Models mayChange={isAdmin} />
        </Tabs.Panel>
        <Tabs.Panel value="dictionaries" pt="md" style={{ overflow: "auto" }}>
          <Dictionaries mayChange={isAdmin} mayAddWords={mayAct(role, "operator")} />
        </Tabs.Panel>
        <Tabs.Panel value="people" pt="md" style={{ overflow: "auto" }}>
          <WriteLock />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
