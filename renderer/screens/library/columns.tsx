/** The columns of the library, with selection checkboxes and sortable headers. */
import { Badge, Checkbox, Group, Text, UnstyledButton } from "@mantine/core";
import type { librarySorts, MeetingRow } from "../../../electron/contract/api/library.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { duration, score } from "../../ui/format.ts";
import { MeetingState } from "../../ui/meeting-state.tsx";
import type { Column } from "../../ui/virtual-rows.tsx";

const t = texts.library;

/** The row is one line; the meeting shows all of them. */
const maxTags = 3;

export type SortKey = (typeof librarySorts)[number];

export interface Sorting {
  readonly sort: SortKey;
  readonly descending: boolean;
}

interface SortHeadProps extends Sorting {
  readonly column: SortKey;
  readonly title: string;
  readonly onSort: (sorting: Sorting) => void;
}

/** Header that sorts by its column; dates are sorted latest first by default. */
function SortHead({ column, title, sort, descending, onSort }: SortHeadProps) {
  const isOwn = sort === column;
  return (
    <UnstyledButton
      fz="xs"
      fw={600}
      aria-label={title}
      onClick={() =>
        onSort({ sort: column, descending: isOwn ? !descending : column === "completed" || column === "date" })
      }
    >
      {title} {isOwn ? (descending ? "↓" : "↑") : ""}
    </UnstyledButton>
  );
}

interface LibraryColumnsOptions {
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly rowCount: number;
  readonly selected: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly onToggleAll: () => void;
}

export function libraryColumns(options: LibraryColumnsOptions): readonly Column<MeetingRow>[] {
  const { sorting, onSort, rowCount, selected, onToggle, onToggleAll } = options;
  const head = (column: SortKey, title: string) => (
    <SortHead column={column} title={title} {...sorting} onSort={onSort} />
  );
  return [
    {
      key: "choose",
      title: (
        <Checkbox
          size="xs"
          aria-label={t.selectAll}
          checked={rowCount > 0 && selected.size === rowCount}
          indeterminate={selected.size > 0 && selected.size < rowCount}
          disabled={rowCount === 0}
          onChange={() => onToggleAll()}
        />
      ),
      width: "1.5rem",
      render: ({ id, filename }) => (
        <Checkbox
          size="xs"
          aria-label={`${t.select}: ${filename}`}
          checked={selected.has(id)}
          onChange={() => onToggle(id)}
          onClick={(event) => event.stopPropagation()}
        />
      ),
    },
    {
      key: "date",
      title: head("date", t.date),
      width: "6rem",
      render: ({ date }) =>
        date ?? (
          <Text span size="sm" c="dimmed">
            {meetingTexts.noDate}
          </Text>
        ),
    },
    {
      key: "name",
      title: head("filename", t.recording),
      width: "minmax(10rem, 3fr)",
      render: ({ title, filename, tags }) => (
        <Group gap={6} wrap="nowrap" title={filename} style={{ contain: "inline-size" }}>
          <Text span size="sm" truncate>
            {title === null || filename.startsWith(title) ? filename : `${title} (${filename})`}
          </Text>
          {tags.slice(0, maxTags).map((tag) => (
            <Badge key={tag} size="xs" variant="default" tt="none" fw={400} style={{ flexShrink: 0 }}>
              {tag}
            </Badge>
          ))}
        </Group>
      ),
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
      width: "9.5rem",
      render: (row) => <MeetingState {...row} />,
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
}
