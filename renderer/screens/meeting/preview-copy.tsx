/** Shown instead of the player if a browser cannot play the recording: creates a preview copy that it can play. */
import { Button, Card, Stack, Text } from "@mantine/core";
import { mayAct, type Role } from "../../../electron/contract/api/base.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import type { MeetingView } from "./details.tsx";
import { JobProgress } from "./job-progress.tsx";

const t = texts.meeting.copy;

interface PreviewCopyProps {
  readonly id: string;
  readonly copy: MeetingView["media"]["copy"];
  readonly role: Role;
  /** Called when the preview copy is complete or has been requested. */
  readonly onChange: () => void;
}

export function PreviewCopy({ id, copy, role, onChange }: PreviewCopyProps) {
  const make = async (): Promise<void> => {
    await runAndNotify(() => client.meeting.makeCopy({ id }));
    onChange();
  };
  return (
    <Card withBorder padding="md">
      <Stack gap="xs">
        <Text size="sm">{copy === null ? t.needed : t.coming}</Text>
        {copy === null ? null : (
          <JobProgress type="proxy" jobId={copy.jobId} label={t.coming} onRetry={() => void make()} onDone={onChange} />
        )}
        {copy === null && mayAct(role, "operator") ? (
          <div>
            <Button size="xs" onClick={() => void make()}>
              {t.make}
            </Button>
          </div>
        ) : null}
      </Stack>
    </Card>
  );
}
