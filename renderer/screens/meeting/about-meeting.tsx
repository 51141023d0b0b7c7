/** What is known of a meeting, who has changed what, and deleting it. */
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import type { MeetingFactName } from "../../../electron/contract/meeting-facts.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { moment } from "../../ui/format.ts";
import { DeleteMeetings } from "./delete-meetings.tsx";
import type { MeetingView } from "./details.tsx";
import { EditFacts } from "./edit-facts.tsx";
import { factOrder } from "./facts-fields.tsx";
import { ReplaceRecording } from "./replace-recording.tsx";

interface AboutMeetingProps {
  readonly view: MeetingView;
  readonly role: Role;
  readonly onChanged: () => void;
}

const absent: Partial<Record<MeetingFactName, string>> = {
  date: t.noDate,
  description: t.madeOfSummary,
  tags: t.keyPhrases,
};

function FactValue({ view, name }: { readonly view: MeetingView; readonly name: MeetingFactName }) {
  const value = view.facts[name];
  if (value === null || value.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {absent[name] ?? t.none}
      </Text>
    );
  }
  if (typeof value === "string") {
    return (
      <Text size="sm" style={{ overflowWrap: "anywhere", whiteSpace: "pre-line" }}>
        {value}
      </Text>
    );
  }
  return (
    <Group gap={4}>
      {value.map((each) => (
        <Badge key={each} variant="default" tt="none" fw={400}>
          {each}
        </Badge>
      ))}
    </Group>
  );
}

function Log({ view }: { readonly view: MeetingView }) {
  if (view.changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t.noLog}
      </Text>
    );
  }
  return view.changes.map(({ kind, madeBy, madeDate, fields }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the newest is the first; the list changes as a whole
    <div key={index}>
      <Text size="xs" c="dimmed">
        {moment(madeDate)} · {t.kinds[kind]} {madeBy}
      </Text>
      {fields.map(({ field, before, after }) => (
        <Text key={field} size="sm" style={{ overflowWrap: "anywhere" }}>
          <b>{t.fields[field]}</b> {before ?? t.none} → {after ?? t.none}
        </Text>
      ))}
    </div>
  ));
}

export function AboutMeeting({ view, role, onChanged }: AboutMeetingProps) {
  const [, go] = useLocation();
  const [dialog, setDialog] = useState<"edit" | "replace" | "delete">();
  const onClose = (): void => setDialog(undefined);
  return (
    <Stack gap="md">
      <div style={{ display: "grid", gridTemplateColumns: "max-content minmax(0, 1fr)", gap: "6px 16px" }}>
        {factOrder.map((name) => (
          <div key={name} style={{ display: "contents" }}>
            <Text size="sm" c="dimmed">
              {t.fields[name]}
            </Text>
            <FactValue view={view} name={name} />
          </div>
        ))}
      </div>
      {mayAct(role, "operator") ? (
        <Group gap="xs">
          <Button size="xs" onClick={() => setDialog("edit")}>
            {t.edit}
          </Button>
          <Button size="xs" variant="default" onClick={() => setDialog("replace")}>
            {t.replace}
          </Button>
          <Button size="xs" variant="default" c="red" onClick={() => setDialog("delete")}>
            {t.remove}
          </Button>
        </Group>
      ) : null}
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t.log}
        </Text>
        <Log view={view} />
      </Stack>
      {dialog === "edit" ? <EditFacts view={view} onClose={onClose} onSaved={onChanged} /> : null}
      {dialog === "replace" ? <ReplaceRecording id={view.meeting.id} onClose={onClose} /> : null}
      {dialog === "delete" ? (
        <DeleteMeetings ids={[view.meeting.id]} onClose={onClose} onDeleted={() => go("/library")} />
      ) : null}
    </Stack>
  );
}
