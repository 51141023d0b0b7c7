/** The dialog before meetings are deleted: what goes, what stays, and how long it can be undone. */
import { Button, Code, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

interface DeleteMeetingsProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** At most so many recordings are named. */
const maxNamed = 8;

export function DeleteMeetings({ ids, onClose, onDeleted }: DeleteMeetingsProps) {
  const preview = useQuery(
    api.library.previewDeletion.queryOptions({ input: { ids: [...ids] }, staleTime: 0, gcTime: 0, retry: false }),
  );
  const [isBusy, setIsBusy] = useState(false);
  const apply = async (): Promise<void> => {
    setIsBusy(true);
    const results = await runAndNotify(
      () => client.library.remove({ ids: [...ids] }),
      (all) =>
        t.removed(
          all.filter(({ problem }) => problem === null).length,
          all.filter(({ problem }) => problem !== null).length,
        ),
    );
    setIsBusy(false);
    if (results?.some(({ problem }) => problem === null) === true) onDeleted();
    onClose();
  };
  const rows = preview.data ?? [];
  const sum = (value: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + value(row), 0);
  const published = rows.filter(({ isPublished }) => isPublished).length;
  const openJobs = sum((row) => row.openJobs);
  return (
    <Modal opened onClose={onClose} title={t.removeTitle(ids.length)} size="lg">
      <Stack gap="sm">
        {preview.error ? <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} /> : null}
        {preview.data === undefined ? (
          preview.error ? null : (
            <Text c="dimmed">{texts.loading}</Text>
          )
        ) : (
          <>
            <Text size="sm" fw={600}>
              {t.goes}
            </Text>
            <List size="sm">
              <List.Item>
                {t.contents(
                  sum((row) => row.captions),
                  sum((row) => row.versions),
                  sum((row) => row.edits),
                )}
              </List.Item>
              {sum((row) => row.files) > 0 ? <List.Item>{t.files(sum((row) => row.files))}</List.Item> : null}
              {openJobs > 0 ? <List.Item>{t.jobs(openJobs)}</List.Item> : null}
            </List>
            <Text size="sm" fw={600}>
              {t.stays}
            </Text>
            <List size="sm">
              <List.Item>
                {t.recording(rows.length)}
                {rows.slice(0, maxNamed).map(({ id, path, isRecordingThere }) => (
                  <div key={id}>
                    <Code style={{ overflowWrap: "anywhere" }}>{path}</Code>
                    {isRecordingThere ? null : (
                      <Text span size="xs" c="orange">
                        {" "}
                        {t.recordingGone}
                      </Text>
                    )}
                  </div>
                ))}
                {rows.length > maxNamed ? <div>{t.more(rows.length - maxNamed)}</div> : null}
              </List.Item>
              {published > 0 ? <List.Item>{t.publication(published)}</List.Item> : null}
            </List>
          </>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t.cancel}
          </Button>
          <Button color="red.9" loading={isBusy} disabled={preview.data === undefined} onClick={() => void apply()}>
            {t.removeNow(ids.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
