/** The dialog in which a better copy of the recording is named. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { runAndNotify } from "../../ui/notify.ts";

interface ReplaceRecordingProps {
  readonly id: string;
  readonly onClose: () => void;
}

export function ReplaceRecording({ id, onClose }: ReplaceRecordingProps) {
  const [path, setPath] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const replace = async (): Promise<void> => {
    setIsBusy(true);
    const started = await runAndNotify(
      () => client.meeting.replaceRecording({ id, path: path.trim() }),
      () => t.replacing,
    );
    setIsBusy(false);
    if (started !== undefined) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t.replaceTitle} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void replace();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t.replaceLead}</Text>
          <TextInput
            label={t.replacePath}
            description={t.replacePathHint}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button type="submit" loading={isBusy} disabled={path.trim() === ""}>
              {t.replaceNow}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
