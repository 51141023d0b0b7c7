/** The meetings that were deleted and can be restored. */
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { ago, moment } from "../../ui/format.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

interface RecentlyDeletedProps {
  readonly role: Role;
  readonly onClose: () => void;
  readonly onRestored: () => void;
}

export function RecentlyDeleted({ role, onClose, onRestored }: RecentlyDeletedProps) {
  const list = useQuery(api.library.listDeleted.queryOptions({ staleTime: 0 }));
  const restore = async (id: string): Promise<void> => {
    const done = await runAndNotify(
      () => client.meeting.restore({ id }),
      () => t.restored,
    );
    void list.refetch();
    if (done !== undefined) onRestored();
  };
  return (
    <Modal opened onClose={onClose} title={t.deleted} size="xl">
      <Stack gap="sm">
        <Text size="sm">{t.deletedLead}</Text>
        {list.error ? <ProblemAlert error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.data === undefined && !list.error ? <Text c="dimmed">{texts.loading}</Text> : null}
        {list.data?.length === 0 ? <Text c="dimmed">{t.nothingDeleted}</Text> : null}
        {(list.data ?? []).map(({ id, title, filename, city, date, deletedBy, deletedDate, goneDate }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text size="sm" style={{ overflowWrap: "anywhere" }}>
                {[title ?? filename, city, date ?? t.noDate].filter(Boolean).join(" · ")}
              </Text>
              <Text size="xs" c="dimmed">
                {t.deletedBy(deletedBy, ago(deletedDate), moment(goneDate))}
              </Text>
            </div>
            {mayAct(role, "operator") ? (
              <Button
                size="xs"
                variant="default"
                aria-label={`${t.restore}: ${title ?? filename}`}
                onClick={() => void restore(id)}
              >
                {t.restore}
              </Button>
            ) : null}
          </Group>
        ))}
      </Stack>
    </Modal>
  );
}
