/** The library: all transcribed meetings, with full-text search. */
import { Button, Card, Group, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconVideo } from "@tabler/icons-react";
import { useState } from "react";
import { useLocation } from "wouter";
import type { Role } from "../../../electron/contract/api/base.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { Empty } from "../../ui/empty.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { Screen } from "../../ui/screen.tsx";
import { VirtualRows } from "../../ui/virtual-rows.tsx";
import { BulkActions } from "./bulk-actions.tsx";
import { libraryColumns, type Sorting } from "./columns.tsx";
import { Filters, useFilters } from "./filters.tsx";
import { Hits } from "./hits.tsx";
import { RecentlyDeleted } from "./recently-deleted.tsx";
import { allMeetingIds, useMeetingRows } from "./rows.ts";

const t = texts.library;

export function Library({ role }: { readonly role: Role }) {
  const [, go] = useLocation();
  const [search, setSearch] = useState("");
  const [sought] = useDebouncedValue(search.trim(), 200);
  const [sorting, setSorting] = useState<Sorting>({ sort: "completed", descending: true });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [showsDeleted, setShowsDeleted] = useState(false);
  const filters = useFilters();
  const query = { ...filters.query, ...sorting };
  const { rows, cities, tags, isLoaded, error, refetch, onRange } = useMeetingRows(query);
  const toggle = (id: string): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
  };
  const toggleAll = async (): Promise<void> => {
    if (selected.size > 0) setSelected(new Set());
    else setSelected(new Set((await runAndNotify(() => allMeetingIds(query))) ?? []));
  };
  return (
    <Screen
      title={t.title}
      fills
      actions={
        <Button size="xs" variant="default" onClick={() => setShowsDeleted(true)}>
          {meetingTexts.deleted}
        </Button>
      }
    >
      {showsDeleted ? (
        <RecentlyDeleted role={role} onClose={() => setShowsDeleted(false)} onRestored={refetch} />
      ) : null}
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
          <Filters filters={filters} cities={cities} tags={tags} />
        ) : (
          <Button variant="default" onClick={() => setSearch("")}>
            {t.clear}
          </Button>
        )}
      </Group>
      {selected.size > 0 && sought === "" ? (
        <BulkActions
          selected={selected}
          onDone={() => {
            setSelected(new Set());
            refetch();
          }}
        />
      ) : null}
      {error ? <ProblemAlert error={error} onRetry={refetch} /> : null}
      {sought !== "" ? (
        <Hits text={sought} />
      ) : isLoaded && rows.length === 0 ? (
        <Card withBorder>
          <Empty
            icon={<IconVideo size={40} stroke={1.3} />}
            title={filters.isActive ? t.nothing : t.empty}
            lead={filters.isActive ? t.nothingLead : t.emptyLead}
          />
        </Card>
      ) : (
        <VirtualRows
          label={t.title}
          rows={rows}
          columns={libraryColumns({
            sorting,
            onSort: setSorting,
            rowCount: rows.length,
            selected,
            onToggle: toggle,
            onToggleAll: () => void toggleAll(),
          })}
          rowKey={({ id }) => id}
          onOpen={({ id }) => go(`/meeting/${id}`)}
          onRange={onRange}
          rowHeight={40}
        />
      )}
    </Screen>
  );
}
