/** Recordings on their way in. */
import {
  ActionIcon,
  Alert,
  Anchor,
  Badge,
  Button,
  Card,
  FileButton,
  Group,
  Progress,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { IconFileImport, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../../station/connection.ts";
import { desktop } from "../../station/desktop.ts";
import { toFailure } from "../../station/failure.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { capitalize, clock, size } from "../../ui/format.ts";
import { notifyDone, notifyFailure, runAndNotify } from "../../ui/notify.ts";
import { Screen } from "../../ui/screen.tsx";
import { addFiles, addPaths, clearRows, correctRow, type Row, removeRow, useIntake } from "./list.ts";
import { hasRealModel } from "./real-model.ts";
import { ShareBrowser } from "./share-browser.tsx";

const t = texts.intake;
const targets = ["transcribed", "enriched", "published"] as const;

const isStartable = ({ candidate }: Row): boolean =>
  candidate !== undefined && candidate.problem === null && !candidate.isQueued;

function State({ row }: { readonly row: Row }) {
  const { candidate, sent, error } = row;
  if (error !== undefined) {
    const { problem } = toFailure(error);
    return (
      <Text size="sm" c="red">
        {problem.message} {problem.remedy}
      </Text>
    );
  }
  if (sent !== undefined) {
    const percent = Math.floor(sent * 100);
    return (
      <div style={{ minWidth: 140 }}>
        <Text size="xs">{t.sending(percent)}</Text>
        <Progress value={percent} size="sm" aria-label={t.sending(percent)} />
      </div>
    );
  }
  if (candidate === undefined) return <Text size="sm">{texts.loading}</Text>;
  if (candidate.problem !== null) {
    return (
      <Text size="sm" c="red">
        {capitalize(candidate.problem.message)}. {candidate.problem.remedy}
      </Text>
    );
  }
  if (candidate.isQueued)
    return (
      <Badge variant="light" tt="none" color="blue">
        {t.queued}
      </Badge>
    );
  return candidate.isDone ? (
    <Badge variant="light" tt="none" color="gray">
      {t.done}
    </Badge>
  ) : (
    <Badge variant="light" tt="none" color="teal">
      {t.ready}
    </Badge>
  );
}

function RowView({ row, cities }: { readonly row: Row; readonly cities: readonly string[] }) {
  const { key, candidate, filename, bytes } = row;
  const isOpen = isStartable(row);
  const correct = (part: Parameters<typeof correctRow>[1]): void => correctRow(key, part);
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" style={{ wordBreak: "break-word" }}>
          {filename}
        </Text>
        <Text size="xs" c="dimmed">
          {[size(candidate?.bytes || bytes), candidate?.picture, candidate?.sound].filter(Boolean).join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td>{candidate?.durationMs == null ? "" : clock(candidate.durationMs)}</Table.Td>
      <Table.Td w={170}>
        <Select
          size="xs"
          aria-label={t.city}
          placeholder={t.city}
          data={[...cities]}
          value={candidate?.city ?? null}
          onChange={(city) => correct({ city })}
          disabled={!isOpen}
          clearable
          allowDeselect
        />
        <TextInput
          size="xs"
          mt={4}
          type="date"
          aria-label={t.date}
          value={candidate?.date ?? ""}
          onChange={(event) => correct({ date: event.currentTarget.value || null })}
          disabled={!isOpen}
        />
      </Table.Td>
      <Table.Td w={230}>
        <TextInput
          size="xs"
          aria-label={t.meetingTitle}
          placeholder={t.meetingTitle}
          value={candidate?.title ?? ""}
          onChange={(event) => correct({ title: event.currentTarget.value })}
          disabled={!isOpen}
        />
        <TextInput
          size="xs"
          mt={4}
          aria-label={t.type}
          placeholder={t.type}
          value={candidate?.type ?? ""}
          onChange={(event) => correct({ type: event.currentTarget.value || null })}
          disabled={!isOpen}
        />
      </Table.Td>
      <Table.Td miw={180}>
        <State row={row} />
      </Table.Td>
      <Table.Td>
        <Tooltip label={t.remove}>
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={() => removeRow(key)}
            aria-label={`${t.remove}: ${filename}`}
          >
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  );
}

export function Intake() {
  const { rows, isLooking } = useIntake();
  const choices = useQuery(api.intake.choices.queryOptions());
  const [, go] = useLocation();
  const [path, setPath] = useState("");
  const [isBrowsing, setBrowsing] = useState(false);
  const [model, setModel] = useState<string | null>(null);
  const [language, setLanguage] = useState("");
  const [priority, setPriority] = useState("3");
  const [target, setTarget] = useState<(typeof targets)[number]>("enriched");
  const startable = rows.filter(isStartable);
  const look = (paths: readonly string[]): Promise<unknown> => runAndNotify(() => addPaths(paths));
  const start = async (): Promise<void> => {
    try {
      const results = await client.intake.start({
        recordings: startable.flatMap(({ candidate }) => {
          if (candidate === undefined) return [];
          const { path: own, city, date, type, title } = candidate;
          return [{ path: own, city, date, type, title }];
        }),
        options: {
          ...(model === null ? {} : { model }),
          ...(language.trim() === "" ? {} : { language: language.trim() }),
          priority: Number(priority),
          target,
        },
      });
      const failed = results.filter(({ problem }) => problem !== null);
      for (const { problem } of failed) if (problem !== null) notifyFailure({ data: problem });
      const done = new Set(results.filter(({ problem }) => problem === null).map(({ path: own }) => own));
      for (const { key, candidate } of startable) if (done.has(candidate?.path ?? "")) removeRow(key);
      if (done.size > 0) notifyDone(t.started(done.size));
      if (failed.length === 0) go("/queue");
    } catch (thrown) {
      notifyFailure(thrown);
    }
  };
  return (
    <Screen
      title={t.title}
      actions={
        <>
          {desktop === undefined ? (
            <FileButton multiple accept="video/*,audio/*,.mxf,.ts,.mts,.mkv" onChange={(files) => void addFiles(files)}>
              {(props) => (
                <Button variant="default" {...props}>
                  {t.pick}
                </Button>
              )}
            </FileButton>
          ) : (
            <Button variant="default" onClick={() => void desktop?.chooseFiles().then(look)}>
              {t.pick}
            </Button>
          )}
          <Button variant="default" onClick={() => setBrowsing(true)}>
            {t.browse}
          </Button>
        </>
      }
    >
      {isBrowsing ? (
        <ShareBrowser
          onClose={() => setBrowsing(false)}
          onChoose={(chosen) => {
            setBrowsing(false);
            void look([chosen]);
          }}
        />
      ) : null}
      {choices.data === undefined || hasRealModel(choices.data.models) ? null : (
        <Alert color="orange" py="xs">
          {t.noModel}{" "}
          <Anchor component={Link} href="/settings" size="sm" underline="always" c="inherit">
            {texts.firstSteps.settings}
          </Anchor>
        </Alert>
      )}
      <Text c="dimmed" size="sm">
        {t.lead}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim() !== "") void look([path.trim()]).then(() => setPath(""));
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t.path}
            placeholder={t.pathHint}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            style={{ flex: 1, maxWidth: 620 }}
          />
          <Button type="submit" variant="default" loading={isLooking}>
            {t.add}
          </Button>
        </Group>
      </form>
      {rows.length === 0 ? (
        <Card withBorder>
          <Empty icon={<IconFileImport size={40} stroke={1.3} />} title={t.empty} lead={t.emptyLead} />
        </Card>
      ) : (
        <Stack gap="md">
          <Table.ScrollContainer minWidth={860}>
            <Table verticalSpacing="xs" withTableBorder striped>
              <Table.Thead>
                <Table.Tr>
                  {[t.recording, t.length, `${t.city}, ${t.date}`, `${t.meetingTitle}, ${t.type}`, t.state].map(
                    (title) => (
                      <Table.Th key={title}>{title}</Table.Th>
                    ),
                  )}
                  <Table.Th aria-label={t.remove} />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((row) => (
                  <RowView key={row.key} row={row} cities={choices.data?.cities ?? []} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Group align="flex-end" gap="sm">
            <Select
              label={t.model}
              style={{ flex: 1, minWidth: 180, maxWidth: 320 }}
              data={(choices.data?.models ?? []).map(({ name, note }) => ({ value: name, label: `${name} (${note})` }))}
              value={model ?? choices.data?.defaults.model ?? null}
              onChange={setModel}
            />
            <TextInput
              label={t.language}
              w={80}
              placeholder={choices.data?.defaults.language}
              value={language}
              onChange={(event) => setLanguage(event.currentTarget.value)}
            />
            <Select
              label={t.priority}
              w={70}
              data={["1", "2", "3", "4", "5"]}
              value={priority}
              onChange={(value) => setPriority(value ?? "3")}
            />
            <Select
              label={t.target}
              w={230}
              data={targets.map((value) => ({ value, label: t.targets[value] }))}
              value={target}
              onChange={(value) => setTarget((value ?? "enriched") as typeof target)}
            />
            <Button onClick={() => void start()} disabled={startable.length === 0}>
              {t.start(startable.length)}
            </Button>
            <Button variant="subtle" color="gray" onClick={clearRows}>
              {t.clear}
            </Button>
          </Group>
        </Stack>
      )}
      {choices.error ? <Alert color="red">{toFailure(choices.error).message}</Alert> : null}
    </Screen>
  );
}
