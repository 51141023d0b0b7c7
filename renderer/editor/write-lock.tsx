/** Shows who has the write lock of the captions, and requests to hand it over. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { client } from "../station/connection.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";
import { useEditor, useEditorSession } from "./context.ts";

const t = texts.editor;

export function WriteLock() {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const writer = useEditor((state) => state.writer);
  const asking = useEditor((state) => state.asking);
  const options = { id: session.meeting.id, key: session.key };
  if (isWriter) {
    return asking === null ? null : (
      <Alert color="yellow" radius={0} py={4} role="alert">
        <Group gap="sm">
          <Text size="sm">{t.isAsked(asking.name)}</Text>
          <Button
            size="compact-sm"
            onClick={() =>
              void session
                .settled()
                .then(() => runAndNotify(() => client.editor.answer({ ...options, isGranted: true })))
            }
          >
            {t.handOver}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void runAndNotify(() => client.editor.answer({ ...options, isGranted: false }))}
          >
            {t.keepLock}
          </Button>
        </Group>
      </Alert>
    );
  }
  return (
    <Alert color="harbor" radius={0} py={4} role="status">
      <Group gap="sm">
        <Text size="sm">{writer === null ? t.watchingAlone : t.watching(writer.name)}</Text>
        {asking?.isYou ? (
          <>
            <Text size="sm">{t.asked(writer?.name ?? "")}</Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void runAndNotify(() => client.editor.take(options))}
            >
              {t.takeOver}
            </Button>
          </>
        ) : (
          <Button
            size="compact-sm"
            onClick={() =>
              void (writer === null
                ? runAndNotify(() => client.editor.take(options))
                : runAndNotify(() => client.editor.ask(options)))
            }
          >
            {writer === null ? t.takeOver : t.askForLock}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
