/** Actions on all selected meetings. */
import { Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ApproveSelected } from "./approve-selected.tsx";
import { PublishDialog } from "./publish-dialog.tsx";

const t = texts.library;

interface BulkActionsProps {
  readonly selected: ReadonlySet<string>;
  readonly onDone: () => void;
}

export function BulkActions({ selected, onDone }: BulkActionsProps) {
  const [approves, setApproves] = useState(false);
  const [isPublishing, setPublishing] = useState(false);
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
      <Button size="xs" onClick={() => setPublishing(true)}>
        {t.publish(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => setApproves(true)}>
        {t.approve(selected.size)}
      </Button>
      <Modal opened={approves} onClose={() => setApproves(false)} title={t.approve(selected.size)}>
        <ApproveSelected
          ids={[...selected]}
          onDone={() => {
            setApproves(false);
            onDone();
          }}
        />
      </Modal>
      {isPublishing ? (
        <PublishDialog
          ids={[...selected]}
          onClose={(isDone) => {
            setPublishing(false);
            if (isDone) onDone();
          }}
        />
      ) : null}
      <Button size="xs" variant="default" onClick={() => void apply((ids) => client.library.reexport({ ids }))}>
        {t.reexport(selected.size)}
      </Button>
      <Button size="xs" variant="default" onClick={() => void apply((ids) => client.library.archive({ ids }))}>
        {t.archive(selected.size)}
      </Button>
    </Group>
  );
}
