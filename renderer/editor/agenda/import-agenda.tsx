/** Takes the clerk's agenda: its items become headings and chapters where they are called, its names go to the glossary. */
import { Button, FileButton, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { formatBytes, maxSmallFileBytes } from "../../../electron/contract/sizes.ts";
import { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { asBase64 } from "../../ui/base64.ts";
import { notifyRefused, runAndNotify } from "../../ui/notify.ts";
import { useEditor, useEditorSession } from "../context.ts";
import { AgendaForm, type ReadAgenda } from "./agenda-form.tsx";

const t = texts.editor.agenda;

const accepted = ".pdf,.docx,.htm,.html,.txt,.md";

export function ImportAgenda() {
  const session = useEditorSession();
  const isWriter = useEditor((state) => state.isWriter);
  const [isReading, setIsReading] = useState(false);
  const [read, setRead] = useState<{ readonly name: string; readonly agenda: ReadAgenda }>();
  const open = async (file: File | null): Promise<void> => {
    if (file === null) return;
    if (file.size > maxSmallFileBytes) {
      notifyRefused(t.tooLarge(formatBytes(maxSmallFileBytes)));
      return;
    }
    setIsReading(true);
    const { id } = session.meeting;
    await session.settled();
    const agenda = await runAndNotify(async () =>
      client.editor.readAgenda({ id, name: file.name, base64: await asBase64(file) }),
    );
    setIsReading(false);
    if (agenda !== undefined) setRead({ name: file.name, agenda });
  };
  const close = (): void => setRead(undefined);
  return (
    <>
      <FileButton onChange={(file) => void open(file)} accept={accepted}>
        {(props) => (
          <Button {...props} size="xs" variant="default" mb="xs" loading={isReading} disabled={!isWriter}>
            {t.import}
          </Button>
        )}
      </FileButton>
      <Modal
        opened={read !== undefined}
        onClose={close}
        size="xl"
        closeOnClickOutside={false}
        title={<Text fw={600}>{t.title(read?.name ?? "")}</Text>}
        transitionProps={{ duration: 0 }}
      >
        {read === undefined ? null : <AgendaForm name={read.name} agenda={read.agenda} onDone={close} />}
      </Modal>
    </>
  );
}
