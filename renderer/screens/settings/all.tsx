/** All settings in groups; a group that can be tested is tested with the values in the fields. */
import { Button, Code, Group, ScrollArea, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useSaveSettings, useSettings } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useUnsaved } from "../../ui/unsaved.ts";
import { type Setting, SettingInput } from "./setting-input.tsx";
import { SettingTrial } from "./setting-trial.tsx";

const t = texts.settings;

/** The test of a settings group, with the current values of the fields. */
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

export function AllSettings({ mayChange }: { readonly mayChange: boolean }) {
  const all = useSettings();
  const saveSettings = useSaveSettings();
  const [filter, setFilter] = useState("");
  const [changes, setChanges] = useState<ReadonlyMap<string, unknown>>(new Map());
  useUnsaved(changes.size > 0);
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
    if (await saveSettings(Object.fromEntries(changes))) setChanges(new Map());
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
