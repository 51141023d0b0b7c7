/** Everything that has been transcribed, and what was said in it. */

import { Badge, Button, Card, Checkbox, Group, Select, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconVideo } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import type { librarySorts, MeetingRow } from "../../../electron/contract/api/library.ts";
import { hitEnd, hitStart, type TranscriptionState, transcriptionStates } from "../../../electron/contract/terms.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { clock, duration, score } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { type Column, VirtualRows } from "../../ui/virtual-rows.tsx";
import { allMeetingIds, useMeetingRows } from "./rows.ts";

const t = texts.library;

const colors = {
  pending: "gray",
  processing: "blue",
  completed: "teal",
  needs_review: "orange",
  failed: "red",
  cancelled: "gray",
} as const;

/** Text in which hits stand between two signs. */
function Marked({ text }: { readonly text: string }) {
  let at = 0;
  return text.split(hitStart).flatMap((part, index) => {
    const [hit = "", rest = ""] = index === 0 ? ["", part] : part.split(hitEnd);
    at += part.length + 1;
    return [hit === "" ? null : <mark key={`hit ${at}`}>{hit}</mark>, <Fragment key={at}>{rest}</Fragment>];
  });
}

function Hits({ text }: { readonly text: string }) {
  const [, go] = useLocation();
  const found = useQuery(
    api.library.find.queryOptions({ input: { text, limit: 100 }, placeholderData: keepPreviousData }),
  );
  if (found.error) return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  if (found.data.hits.length === 0) {
    return (
      <Card withBorder>
        <Empty icon={<IconSearch size={40} stroke={1.3} />} title={t.nothing} lead={t.nothingLead} />
      </Card>
    );
  }
  return (
    <Stack gap="xs" style={{ overflow: "auto" }}>
      <Text size="sm" c="dimmed">
        {t.hits(found.data.total)}
      </Text>
      {found.data.hits.map(({ transcriptionId, filename, city, date, startMs, context }) => (
        <Card
          key={`${transcriptionId} ${startMs}`}
          withBorder
          padding="sm"
          component="button"
          type="button"
          ta="start"
          style={{ cursor: "pointer" }}
          onClick={() => go(`/meeting/${transcriptionId}/${startMs / 1000}`)}
        >
          <Text size="sm">
            <Marked text={context} />
          </Text>
          <Text size="xs" c="dimmed">
            {[clock(startMs), filename, city, date].filter(Boolean).join(" · ")}
          </Text>
        </Card>
      ))}
    </Stack>
  );
}

export function Library() {
  const [params, setParams] = useSearchParams();
  const [, go] = useLocation();
  const [search, setSearch] = useState("");
  const [sought] = useDebouncedValue(search.trim(), 200);
  const [filter, setFilter] = useState("");
  const [name] = useDebouncedValue(filter, 200);
  const [city, setCity] = useState<string | null>(null);
  const [sort, setSort] = useState<(typeof librarySorts)[number]>("completed");
  const [descending, setDescending] = useState(true);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const status = params.get("status") as TranscriptionState | null;
  const published = params.get("published");
  const filters = {
    ...(status === null ? {} : { status: [status] }),
    ...(published === null ? {} : { published: published === "yes" }),
    ...(city === null ? {} : { city }),
    ...(name === "" ? {} : { text: name }),
    sort,
    descending,
  };
  const { rows, cities, isLoaded, error, refetch, onRange } = useMeetingRows(filters);
  const setParam = (key: string, value: string | null): void =>
    setParams((before) => {
      if (value === null) before.delete(key);
      else before.set(key, value);
      return before;
    });
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const chooseAll = async (): Promise<void> => {
    if (chosen.size > 0) setChosen(new Set());
    else setChosen(new Set((await runAndNotify(() => allMeetingIds(filters))) ?? []));
  };
  const bulk = async (work: (ids: string[]) => Promise<readonly { problem: unknown }[]>): Promise<void> => {
    await runAndNotify(
      () => work([...chosen]),
      (results) =>
        t.results(
          results.filter(({ problem }) => problem === null).length,
          results.filter(({ problem }) => problem !== null).length,
        ),
    );
    setChosen(new Set());
  };
  const head = (key: (typeof librarySorts)[number], title: string) => (
    <UnstyledButton
      fz="xs"
      fw={600}
      aria-label={title}
      onClick={() => {
        setSort(key);
        setDescending(sort === key ? !descending : key === "completed" || key === "date");
      }}
    >
      {title} {sort === key ? (descending ? "↓" : "↑") : ""}
    </UnstyledButton>
  );
  const columns: readonly Column<MeetingRow>[] = [
    {
      key: "choose",
      title: (
        <Checkbox
          size="xs"
          aria-label={t.selectAll}
          checked={rows.length > 0 && chosen.size === rows.length}
          indeterminate={chosen.size > 0 && chosen.size < rows.length}
          onChange={() => void chooseAll()}
        />
      ),
      width: "1.5rem",
      render: ({ id, filename }) => (
        <Checkbox
          size="xs"
          aria-label={`${t.select}: ${filename}`}
          checked={chosen.has(id)}
          onChange={() => toggle(id)}
          onClick={(event) => event.stopPropagation()}
        />
      ),
    },
    {
      key: "date",
      title: head("date", t.date),
      width: "6rem",
      render: ({ date, createdDate }) => date ?? createdDate.slice(0, 10),
    },
    {
      key: "name",
      title: head("filename", t.recording),
      width: "minmax(14rem, 3fr)",
      render: ({ filename }) => filename,
    },
    { key: "city", title: head("city", t.city), width: "minmax(6rem, 1fr)", render: (row) => row.city },
    {
      key: "length",
      title: head("duration", t.length),
      width: "5rem",
      align: "end",
      render: ({ durationMs }) => (durationMs === null ? "" : duration(durationMs)),
    },
    {
      key: "status",
      title: head("status", t.status),
      width: "8rem",
      render: (row) => (
        <Badge variant="light" tt="none" color={colors[row.status]}>
          {t.states[row.status]}
        </Badge>
      ),
    },
    {
      key: "score",
      title: head("score", t.score),
      width: "4rem",
      align: "end",
      render: (row) => (row.score === null ? "" : score(row.score)),
    },
    {
      key: "issues",
      title: t.issues,
      width: "6rem",
      align: "end",
      render: ({ openErrors, openWarnings }) => (openErrors + openWarnings === 0 ? "" : openErrors + openWarnings),
    },
    {
      key: "vod",
      title: t.published,
      width: "7rem",
      render: ({ vodStatus, captionsVerified }) =>
        vodStatus === null ? "" : captionsVerified === "yes" ? `${vodStatus} ✓` : vodStatus,
    },
  ];
  const hasFilter = status !== null || published !== null || city !== null || name !== "";
  return (
    <Screen title={t.title} fills>
      <Group gap="xs" mb="sm" align="flex-end">
        <TextInput
          leftSection={<IconSearch size={16} aria-hidden />}
          placeholder={t.search}
          aria-label={t.search}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          style={{ flex: 1, minWidth: 260 }}
          type="search"
        />
        {sought === "" ? (
          <>
            <TextInput
              placeholder={t.filter}
              aria-label={t.filter}
              w={170}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
            />
            <Select
              placeholder={t.city}
              aria-label={t.city}
              w={150}
              clearable
              data={[...cities]}
              value={city}
              onChange={setCity}
            />
            <Select
              placeholder={t.status}
              aria-label={t.status}
              w={150}
              clearable
              data={transcriptionStates.map((value) => ({ value, label: t.states[value] }))}
              value={status}
              onChange={(value) => setParam("status", value)}
            />
            <Select
              placeholder={t.published}
              aria-label={t.published}
              w={130}
              clearable
              data={[
                { value: "yes", label: t.yes },
                { value: "no", label: t.no },
              ]}
              value={published}
              onChange={(value) => setParam("published", value)}
            />
          </>
        ) : (
          <Button variant="default" onClick={() => setSearch("")}>
            {t.clear}
          </Button>
        )}
      </Group>
      {chosen.size > 0 && sought === "" ? (
        <Group gap="xs" mb="sm">
          <Text size="sm">{t.selected(chosen.size)}</Text>
          <Button size="xs" onClick={() => void bulk((ids) => client.library.publish({ ids }))}>
            {t.publish(chosen.size)}
          </Button>
          <Button size="xs" variant="default" onClick={() => void bulk((ids) => client.library.reexport({ ids }))}>
            {t.reexport(chosen.size)}
          </Button>
          <Button size="xs" variant="default" onClick={() => void bulk((ids) => client.library.archive({ ids }))}>
            {t.archive(chosen.size)}
          </Button>
        </Group>
      ) : null}
      {error ? <ProblemAlert error={error} onRetry={refetch} /> : null}
      {sought !== "" ? (
        <Hits text={sought} />
      ) : isLoaded && rows.length === 0 ? (
        <Card withBorder>
          <Empty
            icon={<IconVideo size={40} stroke={1.3} />}
            title={hasFilter ? t.nothing : t.empty}
            lead={hasFilter ? t.nothingLead : t.emptyLead}
          />
        </Card>
      ) : (
        <VirtualRows
          label={t.title}
          rows={rows}
          columns={columns}
          rowKey={({ id }) => id}
          onOpen={({ id }) => go(`/meeting/${id}`)}
          onRange={onRange}
          rowHeight={40}
        />
      )}
    </Screen>
  );
}
