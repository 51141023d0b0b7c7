/** The dialog in which facts of many meetings are changed: which fields, and for how many. */
import { Button, Checkbox, Group, Modal, Text } from "@mantine/core";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { FormStack } from "../../ui/form-stack.tsx";
import { runAndNotify } from "../../ui/notify.ts";
import { CityNote } from "../meeting/edit-facts.tsx";
import { areValid, emptyFacts, FactField, type FactInputName, toChanges } from "../meeting/facts-fields.tsx";

/** Tags of many are added and removed; replacing all of them would take away what differs. */
const offered: readonly FactInputName[] = [
  "city",
  "type",
  "date",
  "title",
  "description",
  "addTags",
  "removeTags",
  "people",
];

interface EditManyProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function EditMany({ ids, onClose, onDone }: EditManyProps) {
  const [values, setValues] = useState(emptyFacts);
  const [chosen, setChosen] = useState<readonly FactInputName[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const isReady = !isBusy && chosen.length > 0 && areValid(values, chosen);
  const toggle = (name: FactInputName): void =>
    setChosen(chosen.includes(name) ? chosen.filter((each) => each !== name) : [...chosen, name]);
  const apply = async (): Promise<void> => {
    setIsBusy(true);
    const results = await runAndNotify(
      () => client.library.edit({ ids: [...ids], changes: toChanges(values, chosen) }),
      (all) =>
        t.applied(
          all.filter(({ problem }) => problem === null).length,
          all.filter(({ problem }) => problem !== null).length,
        ),
    );
    setIsBusy(false);
    if (results === undefined) return;
    onDone();
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t.editManyTitle(ids.length)} size="lg">
      <FormStack onSubmit={() => (isReady ? void apply() : undefined)}>
        <Text size="sm">{t.chooseFields}</Text>
        {offered.map((name) => (
          <Group key={name} gap="sm" wrap="nowrap" align="flex-start">
            <Checkbox
              mt={4}
              aria-label={t.change(t.fields[name])}
              checked={chosen.includes(name)}
              onChange={() => toggle(name)}
            />
            <div style={{ flex: 1 }}>
              {chosen.includes(name) ? (
                <FactField name={name} values={values} onChange={setValues} />
              ) : (
                <Text size="sm">{t.fields[name]}</Text>
              )}
            </div>
          </Group>
        ))}
        {chosen.includes("city") ? <CityNote /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!isReady}>
            {t.apply(ids.length)}
          </Button>
        </Group>
      </FormStack>
    </Modal>
  );
}
