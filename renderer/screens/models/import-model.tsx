/** Imports a model from a file or folder of the station's machine. */
import { Button, Checkbox, Group, Modal, Text, TextInput } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import { texts } from "../../texts/en.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import type { ModelActions } from "./use-models.ts";

const t = texts.models.importing;

interface ImportModelProps {
  readonly actions: ModelActions;
  /** Called when an import has begun. */
  readonly onBegin: () => void;
}

/** The button, and the dialog that it opens. */
export function ImportModel({ actions, onBegin }: ImportModelProps) {
  const [isOpen, setOpen] = useState(false);
  const begin = (): void => {
    setOpen(false);
    onBegin();
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileImport size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t.open}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={t.title} size="lg">
        <ImportForm actions={actions} onBegin={begin} />
      </Modal>
    </>
  );
}

function ImportForm({ actions, onBegin }: ImportModelProps) {
  const [path, setPath] = useState("");
  const [name, setName] = useState("");
  const [isQuantized, setQuantized] = useState(false);
  const [isSending, setSending] = useState(false);
  const submit = async (): Promise<void> => {
    setSending(true);
    const request = {
      path: path.trim(),
      ...(name.trim() === "" ? {} : { name: name.trim() }),
      ...(isQuantized ? { quantize: "q8_0" as const } : {}),
    };
    if (await actions.importModel(request)) onBegin();
    else setSending(false);
  };
  return (
    <FormStack onSubmit={() => void submit()}>
      <Text size="sm">{t.lead}</Text>
      <TextInput
        label={t.path}
        description={t.pathLead}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        required
        data-autofocus
      />
      <TextInput
        label={t.name}
        description={t.nameLead}
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label={t.quantize}
        description={t.quantizeLead}
        checked={isQuantized}
        onChange={(event) => setQuantized(event.currentTarget.checked)}
      />
      <Group>
        <Button type="submit" disabled={path.trim() === ""} loading={isSending}>
          {t.begin}
        </Button>
      </Group>
    </FormStack>
  );
}
