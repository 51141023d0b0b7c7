/** The rows of the library: every row has its position, and visible rows are fetched a page at a time. */
import { useQueries } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { MeetingRow } from "../../../electron/contract/api/library.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";

type Filters = Omit<Parameters<typeof client.library.list>[0], "limit" | "offset">;

const pageSize = 200;
/** The largest page that is fetched at once; the station allows more. */
const maxPageSize = 500;

interface Shown {
  readonly rows: readonly (MeetingRow | undefined)[];
  readonly cities: readonly string[];
  readonly tags: readonly string[];
}

interface MeetingRows extends Shown {
  /** False until the first answer. */
  readonly isLoaded: boolean;
  readonly error: Error | null;
  readonly refetch: () => void;
  /** Call with the range of visible rows. */
  readonly onRange: (first: number, last: number) => void;
}

export function useMeetingRows(filters: Filters): MeetingRows {
  const [[firstPage, lastPage], setPages] = useState([0, 0]);
  const offsets = Array.from({ length: lastPage - firstPage + 1 }, (_, index) => (firstPage + index) * pageSize);
  const results = useQueries({
    queries: offsets.map((offset) => api.library.list.queryOptions({ input: { ...filters, offset, limit: pageSize } })),
  });
  // Keep the previous rows until the new query has an answer, so that the list does not jump.
  const shown = useRef<Shown>({ rows: [], cities: [], tags: [] });
  const answer = results.find(({ data }) => data !== undefined)?.data;
  if (answer !== undefined) {
    const rows = new Array<MeetingRow | undefined>(answer.total).fill(undefined);
    for (const [index, { data }] of results.entries()) {
      for (const [at, meeting] of (data?.meetings ?? []).entries()) rows[(offsets[index] ?? 0) + at] = meeting;
    }
    shown.current = { rows, cities: answer.cities, tags: answer.tags };
  }
  const onRange = useCallback((first: number, last: number): void => {
    const [from, to] = [Math.floor(first / pageSize), Math.floor(last / pageSize)];
    setPages((before) => (before[0] === from && before[1] === to ? before : [from, to]));
  }, []);
  return {
    ...shown.current,
    isLoaded: answer !== undefined,
    error: results.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => {
      for (const { refetch } of results) void refetch();
    },
    onRange,
  };
}

/** Ids of all meetings that match the filters, for bulk actions. @throws Failure */
export async function allMeetingIds(filters: Filters): Promise<readonly string[]> {
  const ids: string[] = [];
  for (;;) {
    const { meetings, total } = await client.library.list({ ...filters, offset: ids.length, limit: maxPageSize });
    ids.push(...meetings.map(({ id }) => id));
    if (ids.length >= total || meetings.length === 0) return ids;
  }
}
