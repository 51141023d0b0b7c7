/** The dialog in which the facts of one meeting are changed. */
import { Alert, Button, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import type { MeetingView } from "./details.tsx";
import { areValid, emptyFacts, FactField, type FactValues, factOrder, toChanges } from "./facts-fields.tsx";

interface EditFactsProps {
  readonly view: MeetingView;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** What follows a new city, and what does not. */
export function CityNote() {
  return (
    <Alert color="blue" py="xs">
      <Text size="sm">{t.cityFollows}</Text>
      <Text size="sm" mt={4}>
        {t.cityStays}
      </Text>
    </Alert>
  );
}

export function EditFacts({ view, onClose, onSaved }: EditFactsProps) {
  const { facts, meeting } = view;
  const start: FactValues = {
    ...emptyFacts,
    ...facts,
    date: facts.date ?? "",
    type: facts.type ?? "",
    city: facts.city ?? "",
    description: facts.description ?? "",
  };
  const [values, setValues] = useState(start);
  const [isBusy, setIsBusy] = useState(false);
  const changed = factOrder.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(start[name]));
  // An empty date that a person has not said is unknown is an answer once it is saved.
  const isReady = !isBusy && changed.length > 0 && areValid(values, changed);
  const save = async (): Promise<void> => {
    setIsBusy(true);
    const saved = await runAndNotify(
      () => client.meeting.edit({ id: meeting.id, ...toChanges(values, changed) }),
      ({ exportJobId, isPublicationOlder }) =>
        isPublicationOlder ? t.publicationIsOlder : exportJobId === null ? t.saved : t.filesFollow,
    );
    setIsBusy(false);
    if (saved === undefined) return;
    onSaved();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t.editTitle} size="lg">
      <FormStack onSubmit={() => (isReady ? void save() : undefined)}>
        {factOrder.map((name) => (
          <FactField key={name} name={name} values={values} onChange={setValues} />
        ))}
        {changed.includes("city") ? <CityNote /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {t.save}
          </Button>
        </Group>
      </FormStack>
    </Modal>
  );
}
