/** Actions on all selected meetings. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { DeleteMeetings } from "../meeting/delete-meetings.tsx";
import { ApproveSelected } from "./approve-selected.tsx";
import { EditMany } from "./edit-many.tsx";
import { JoinDialog } from "./join-dialog.tsx";
import { PublishDialog } from "./publish-dialog.tsx";

const t = texts.library;

interface BulkActionsProps {
  readonly selected: ReadonlySet<string>;
  readonly onDone: () => void;
}

export function BulkActions({ selected, onDone }: BulkActionsProps) {
  const [dialog, setDialog] = useState<"publish" | "approve" | "edit" | "join" | "delete">();
  const onClose = (): void => setDialog(undefined);
  const closeAndEnd = (): void => {
    onClose();
    onDone();
  };
  const ids = [...selected];
  const apply = async (work: () => Promise<readonly { problem: unknown }[]>): Promise<void> => {
    await runAndNotify(work, (results) =>
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
      <Button size="xs" onClick={() => setDialog("publish")}>
        {t.publish(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDialog("approve")}>
        {t.approve(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => void apply(() => client.library.reexport({ ids }))}>
        {t.reexport(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => void apply(() => client.library.archive({ ids }))}>
        {t.archive(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => setDialog("edit")}>
        {meetingTexts.editMany(selected.size)}
      </Button>
      {selected.size > 1 ? (
        <Button size="xs" variant="default" onClick={() => setDialog("join")}>
          {meetingTexts.join(selected.size)}
        </Button>
      ) : null}
      <Button size="xs" variant="default" c="red" onClick={() => setDialog("delete")}>
        {meetingTexts.removeMany(selected.size)}
      </Button>
      {dialog === "publish" ? (
        <PublishDialog ids={ids} onClose={(isDone) => (isDone ? closeAndEnd() : onClose())} />
      ) : null}
      <Modal opened={dialog === "approve"} onClose={onClose} title={t.approve(selected.size)}>
        <ApproveSelected ids={ids} onDone={closeAndEnd} />
      </Modal>
      {dialog === "edit" ? <EditMany ids={ids} onClose={onClose} onDone={onDone} /> : null}
      {dialog === "join" ? <JoinDialog ids={ids} onClose={onClose} onDone={onDone} /> : null}
      {dialog === "delete" ? <DeleteMeetings ids={ids} onClose={onClose} onDeleted={onDone} /> : null}
    </Group>
  );
}
