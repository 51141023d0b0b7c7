/** The Cablecast server: its shows, which recordings they are, and what both sides say. */
import { Button, Card, Group, PasswordInput, Stack, Table, Tabs, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBroadcast } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ActionButton } from "../../actions/action-button.tsx";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { ago, score } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { type Column, VirtualRows } from "../../ui/virtual-rows.tsx";

const t = texts.cablecast;

type Shows = Awaited<ReturnType<typeof client.cablecast.shows>>;
type Show = Shows["shows"][number];

const showColumns: readonly Column<Show>[] = [
  { key: "id", title: t.show, width: "5rem", align: "end", render: ({ id }) => id },
  { key: "date", title: t.date, width: "6rem", render: ({ eventDate }) => eventDate },
  { key: "title", title: t.search, width: "minmax(16rem, 3fr)", render: ({ title }) => title },
  { key: "category", title: t.category, width: "minmax(7rem, 1fr)", render: ({ category }) => category },
  { key: "vod", title: t.vod, width: "6rem", render: ({ vodState }) => vodState },
  { key: "views", title: t.views, width: "5rem", align: "end", render: ({ views }) => views },
  {
    key: "captions",
    title: t.captions,
    width: "5rem",
    render: ({ hasCaptions }) => (hasCaptions ? texts.library.yes : ""),
  },
  {
    key: "linked",
    title: t.linked,
    width: "4rem",
    render: ({ recordingId }) => (recordingId === null ? "" : texts.library.yes),
  },
];

function ShowList() {
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 200);
  const shows = useQuery(
    api.cablecast.shows.queryOptions({
      input: { ...(search === "" ? {} : { search }), limit: 1_000 },
      placeholderData: keepPreviousData,
    }),
  );
  const rows = shows.data?.shows ?? [];
  return (
    <Stack gap="sm" h="100%">
      <TextInput
        placeholder={t.search}
        aria-label={t.search}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maw={420}
        type="search"
      />
      {shows.error ? <ProblemAlert error={shows.error} onRetry={() => void shows.refetch()} /> : null}
      {shows.data !== undefined && rows.length === 0 ? (
        <Card withBorder>
          <Empty icon={<IconBroadcast size={40} stroke={1.3} />} title={t.noShows} lead={t.noShowsLead} />
        </Card>
      ) : (
        <VirtualRows label={t.shows} rows={rows} columns={showColumns} rowKey={({ id }) => String(id)} rowHeight={38} />
      )}
    </Stack>
  );
}

function LinkState() {
  const unlinked = useQuery(api.cablecast.unlinked.queryOptions());
  const link = async (transcriptionId: string, showId: number): Promise<void> => {
    await runAndNotify(() => client.cablecast.link({ transcriptionId, showId }));
    await unlinked.refetch();
  };
  if (unlinked.error) return <ProblemAlert error={unlinked.error} onRetry={() => void unlinked.refetch()} />;
  if (unlinked.data?.length === 0) return <Text c="dimmed">{t.allLinked}</Text>;
  return (
    <Stack gap="sm">
      {(unlinked.data ?? []).map(({ transcriptionId, filename, candidates }) => (
        <Card key={transcriptionId} withBorder padding="sm">
          <Text size="sm" fw={600}>
            {filename}
          </Text>
          {candidates.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t.noCandidates}
            </Text>
          ) : (
            candidates.map(({ showId, title, eventDate, score: likeness, reasons }) => (
              <Group key={showId} gap="sm" wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => void link(transcriptionId, showId)}
                  aria-label={`${t.link}: ${title}`}
                >
                  {t.link}
                </Button>
                <Text size="sm">
                  {showId} {title} {eventDate}
                </Text>
                <Text size="sm" c="dimmed">
                  {score(likeness)} %, {reasons.join(", ")}
                </Text>
              </Group>
            ))
          )}
        </Card>
      ))}
    </Stack>
  );
}

const shown = (value: unknown): string => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));

function Conflicts() {
  const conflicts = useQuery(api.cablecast.conflicts.queryOptions());
  const decide = async (recordingId: string, field: string, side: "ours" | "theirs"): Promise<void> => {
    await runAndNotify(() => client.cablecast.resolve({ recordingId, field, side }));
    await conflicts.refetch();
  };
  if (conflicts.error) return <ProblemAlert error={conflicts.error} onRetry={() => void conflicts.refetch()} />;
  if (conflicts.data?.length === 0) return <Text c="dimmed">{t.noConflicts}</Text>;
  return (
    <Stack gap="sm">
      {(conflicts.data ?? []).map(({ recordingId, filename, field, ours, theirs }) => (
        <Card key={`${recordingId} ${field}`} withBorder padding="sm">
          <Text size="sm" fw={600} mb="xs">
            {filename}: {field}
          </Text>
          <Table withRowBorders={false}>
            <Table.Tbody>
              {(["ours", "theirs"] as const).map((side) => (
                <Table.Tr key={side}>
                  <Table.Td w={130}>{t[side]}</Table.Td>
                  <Table.Td>{shown(side === "ours" ? ours : theirs)}</Table.Td>
                  <Table.Td w={120}>
                    <Button size="compact-sm" variant="default" onClick={() => void decide(recordingId, field, side)}>
                      {side === "ours" ? t.takeOurs : t.takeTheirs}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      ))}
    </Stack>
  );
}

function Connection() {
  const [user, setUser] = useState("");
  const [secret, setSecret] = useState("");
  const check = useQuery(api.cablecast.check.queryOptions({ enabled: false, retry: false }));
  return (
    <Stack gap="md" maw={720}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void runAndNotify(
            () => client.cablecast.login({ user, secret }),
            () => t.kept,
          ).then(() => setSecret(""));
        }}
      >
        <Group align="flex-end">
          <TextInput
            label={t.user}
            value={user}
            onChange={(event) => setUser(event.currentTarget.value)}
            required
            autoComplete="off"
          />
          <PasswordInput
            label={t.secret}
            value={secret}
            onChange={(event) => setSecret(event.currentTarget.value)}
            required
            w={240}
            autoComplete="off"
          />
          <Button type="submit" variant="default">
            {t.keep}
          </Button>
        </Group>
      </form>
      <Group>
        <Button onClick={() => void check.refetch()} loading={check.isFetching}>
          {t.check}
        </Button>
      </Group>
      {check.error ? <ProblemAlert error={check.error} /> : null}
      {check.data === undefined ? null : (
        <Table>
          <Table.Tbody>
            {check.data.steps.map(({ name, status, detail, remedy }) => (
              <Table.Tr key={name}>
                <Table.Td>{name}</Table.Td>
                <Table.Td c={status === "ok" ? "teal" : status === "warning" ? "orange" : "red"}>
                  {texts.health.status[status]}
                </Table.Td>
                <Table.Td>
                  {detail}. {remedy}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}

export function Cablecast() {
  const shows = useQuery(api.cablecast.shows.queryOptions({ input: { limit: 1 } }));
  const { data } = shows;
  return (
    <Screen
      title={t.title}
      fills
      actions={
        data?.isSetUp ? (
          <>
            <Text size="sm" c="dimmed">
              {data.checkedDate === null ? t.never : t.checked(ago(data.checkedDate))}
            </Text>
            <ActionButton action="cablecast.sync" />
            <ActionButton action="cablecast.sync-all" variant="default" />
          </>
        ) : null
      }
    >
      {data !== undefined && !data.isSetUp ? (
        <Card withBorder mb="md">
          <Empty icon={<IconBroadcast size={40} stroke={1.3} />} title={t.notSetUp} lead={t.notSetUpLead} />
        </Card>
      ) : null}
      <Tabs
        defaultValue="shows"
        style={{ flex: 1, minHeight: 0, display: "flex", flexDirection: "column" }}
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="shows">{t.shows}</Tabs.Tab>
          <Tabs.Tab value="linking">{t.linking}</Tabs.Tab>
          <Tabs.Tab value="conflicts">{t.conflicts}</Tabs.Tab>
          <Tabs.Tab value="connection">{t.connection}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="shows" pt="md" style={{ flex: 1, minHeight: 0 }}>
          <ShowList />
        </Tabs.Panel>
        <Tabs.Panel value="linking" pt="md" style={{ overflow: "auto" }}>
          <LinkState />
        </Tabs.Panel>
        <Tabs.Panel value="conflicts" pt="md" style={{ overflow: "auto" }}>
          <Conflicts />
        </Tabs.Panel>
        <Tabs.Panel value="connection" pt="md">
          <Connection />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}
