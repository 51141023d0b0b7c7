/** Shows who has the write lock of the captions, and requests to hand it over. */
import { Alert, Button, Group, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { client } from "../station/connection.ts";
import { texts } from "../texts/en.ts";
import { runAndNotify } from "../ui/notify.ts";
import { useEditor, useEditorSession } from "./context.ts";
import type { Visitor } from "./session/state.ts";

const t = texts.editor;

/**
 * The name of the person who has kept the captions after you asked for them, until they are asked again or another person
 * has them. The station says only that nobody asks any more: that is a refusal while the same person goes on writing.
 */
function useRefusal(writer: Visitor | null, asking: Visitor | null): string | undefined {
  const [asked, setAsked] = useState<string>();
  const [refusedBy, setRefusedBy] = useState<string>();
  const name = writer === null || writer.isYou ? undefined : writer.name;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what one person has answered says nothing of another one
  useEffect(() => setRefusedBy(undefined), [name]);
  useEffect(() => {
    if (asking?.isYou) {
      setAsked(name);
      setRefusedBy(undefined);
    } else if (asking === null && asked !== undefined) {
      setAsked(undefined);
      if (name === asked) setRefusedBy(name);
    } else if (asking !== null) setAsked(undefined);
  }, [asking, asked, name]);
  return refusedBy;
}

export function WriteLock() {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const writer = useEditor((state) => state.writer);
  const asking = useEditor((state) => state.asking);
  const options = { id: session.meeting.id, key: session.key };
  const refusedBy = useRefusal(writer, asking);
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
        {refusedBy === undefined ? null : <Text size="sm">{t.kept(refusedBy)}</Text>}
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
            {writer === null ? t.takeOver : refusedBy === undefined ? t.askForLock : t.askAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
