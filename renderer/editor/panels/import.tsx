/** Captions from a file, as a version of their own. */
import { Button, FileButton, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { captionFileExtensions } from "../../../electron/captions/formats/format-names.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { asBase64 } from "../../ui/base64.ts";
import { notifyDone, runAndNotify } from "../../ui/notify.ts";
import { useEditorSession } from "../context.ts";
import { invalidateVersions } from "../session/versions.ts";

const t = texts.editor.compare;

export function Import() {
  const session = useEditorSession();
  const [read, setRead] = useState<Awaited<ReturnType<typeof client.editor.readFile>> & { name: string }>();
  const open = async (file: File | null): Promise<void> => {
    if (file === null) return;
    const { id } = session.meeting;
    const found = await runAndNotify(async () =>
      client.editor.readFile({ id, name: file.name, base64: await asBase64(file) }),
    );
    if (found !== undefined) setRead({ ...found, name: file.name });
  };
  const apply = (): void => {
    if (read === undefined) return;
    const { cues } = read;
    if (session.edit({ type: "exchange", reason: "import", from: read.name, cues })) {
      notifyDone(t.imported);
      // The station makes a version of it.
      void session.settled().then(() => invalidateVersions(session.meeting.id));
    }
    setRead(undefined);
  };
  return (
    <>
      <FileButton onChange={(file) => void open(file)} accept={captionFileExtensions.join(",")}>
        {(props) => (
          <Button {...props} size="xs" variant="default">
            {t.import}
          </Button>
        )}
      </FileButton>
      <Modal opened={read !== undefined} onClose={() => setRead(undefined)} title={t.importTitle(read?.name ?? "")}>
        <Text size="sm">{t.importLead(read?.cues.length ?? 0, read?.format ?? "")}</Text>
        {[...new Set(read?.notes)].slice(0, 5).map((note) => (
          <Text key={note} size="sm" c="orange">
            {note}
          </Text>
        ))}
        <Group mt="md">
          <Button onClick={apply}>{t.importNow}</Button>
        </Group>
      </Modal>
    </>
  );
}
