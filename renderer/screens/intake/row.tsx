/** Table of the recordings about to be started, with detected values that can be corrected. */

import { ActionIcon, Badge, Progress, Select, Table, Text, TextInput, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { IntakeDestination } from "../../../electron/contract/api/intake.ts";
import type { OutputFormat } from "../../../electron/contract/formats.ts";
import { formatBytes } from "../../../electron/contract/sizes.ts";
import { toFailure } from "../../station/failure.ts";
import { texts } from "../../texts/en.ts";
import { capitalize, clock } from "../../ui/format.ts";
import { listSoundOptions } from "../../ui/sound-options.ts";
import { Destination, useDestinations } from "./destinations.tsx";
import { correctRow, isStartable, type Row, removeRow } from "./list.ts";
import { OwnOptions } from "./own-options.tsx";

const t = texts.intake;

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
  if (candidate.isDone)
    return (
      <Badge variant="light" tt="none" color="gray">
        {t.done}
      </Badge>
    );
  return candidate.cutAtMs !== null ? (
    <Text size="xs" c="orange">
      {t.cutAt(clock(candidate.cutAtMs))}
    </Text>
  ) : (
    <Badge variant="light" tt="none" color="teal">
      {t.ready}
    </Badge>
  );
}

interface RowViewProps extends Omit<RecordingTableProps, "rows"> {
  readonly row: Row;
  readonly destination: IntakeDestination | undefined;
}

function RowView({ row, cities, formats, destination }: RowViewProps) {
  const { key, candidate, filename, bytes } = row;
  const isOpen = isStartable(row);
  const sounds = listSoundOptions(candidate?.sounds ?? []);
  const correct = (part: Parameters<typeof correctRow>[1]): void => correctRow(key, part);
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" style={{ wordBreak: "break-word" }}>
          {filename}
        </Text>
        <Text size="xs" c="dimmed">
          {[formatBytes(candidate?.bytes || bytes), candidate?.picture, candidate?.sound].filter(Boolean).join(" · ")}
        </Text>
        {sounds.length > 1 ? (
          <Select
            size="xs"
            mt={4}
            maw={260}
            aria-label={texts.sound.title}
            data={[...sounds]}
            value={candidate?.soundChoice ?? "auto"}
            onChange={(soundChoice) => correct({ soundChoice })}
            disabled={!isOpen}
            allowDeselect={false}
          />
        ) : null}
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
        {isOpen && destination !== undefined ? <Destination destination={destination} /> : null}
        {isOpen ? <OwnOptions row={row} formats={formats} /> : null}
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

interface RecordingTableProps {
  readonly rows: readonly Row[];
  readonly cities: readonly string[];
  /** Caption formats to choose from. */
  readonly formats: readonly OutputFormat[];
}

export function RecordingTable({ rows, cities, formats }: RecordingTableProps) {
  const destinations = useDestinations(rows);
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing="xs" withTableBorder striped>
        <Table.Thead>
          <Table.Tr>
            {[t.recording, t.length, `${t.city}, ${t.date}`, `${t.meetingTitle}, ${t.type}`, t.state].map((title) => (
              <Table.Th key={title}>{title}</Table.Th>
            ))}
            <Table.Th aria-label={t.remove} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <RowView
              key={row.key}
              row={row}
              cities={cities}
              formats={formats}
              destination={destinations.get(row.candidate?.path ?? "")}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
