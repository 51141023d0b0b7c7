/** Actions on all selected meetings. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { DeleteMeetings } from "../meeting/delete-meetings.tsx";
import { EditMany } from "./edit-many.tsx";

const t = texts.library;

interface BulkActionsProps {
  readonly selected: ReadonlySet<string>;
  readonly onDone: () => void;
}

export function BulkActions({ selected, onDone }: BulkActionsProps) {
  const [dialog, setDialog] = useState<"edit" | "delete">();
  const onClose = (): void => setDialog(undefined);
  const ids = [...selected];
  const apply = async (work: (ids: string[]) => Promise<readonly { problem: unknown }[]>): Promise<void> => {
    await runAndNotify(
      () => work([...selected]),
      (results) =>
        t.results(
          results.filter(({ problem }) => problem === null).length,
          results.filter(({ problem }) => problem !== null).length,
        ),
    );
    onDone();
  };
  return (
    <Group gap="xs" mb="sm">
      <Text size="sm">{t.selected(selected.size)}</Text>
      <Button size="xs" onClick={() => void apply((ids) => client.library.publish({ ids }))}>
        {t.publish(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => void apply((ids) => client.library.reexport({ ids }))}>
        {t.reexport(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => void apply((ids) => client.library.archive({ ids }))}>
        {t.archive(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDialog("edit")}>
        {meetingTexts.editMany(selected.size)}
      </Button>
      <Button size="xs" variant="default" c="red" onClick={() => setDialog("delete")}>
        {meetingTexts.removeMany(selected.size)}
      </Button>
      {dialog === "edit" ? <EditMany ids={ids} onClose={onClose} onDone={onDone} /> : null}
      {dialog === "delete" ? <DeleteMeetings ids={ids} onClose={onClose} onDeleted={onDone} /> : null}
    </Group>
  );
}
