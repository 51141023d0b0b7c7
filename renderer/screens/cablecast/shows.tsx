/** The shows on the Cablecast server, and the recordings that they are linked to. */
import { Card, Stack, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBroadcast } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { Empty } from "../../ui/empty.tsx";
import { ProblemAlert } from "../../ui/problem.tsx";
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

export function ShowList() {
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
