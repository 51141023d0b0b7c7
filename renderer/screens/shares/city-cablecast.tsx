/** Cablecast settings of a city's shows: ids from Cablecast's own lists, and values of its fields. */
import { ActionIcon, Button, Group, NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { CitySettings } from "../../../electron/contract/settings/cities.ts";
import { texts } from "../../texts/en.ts";
import type { Problems } from "./form-parts.tsx";

const t = texts.shares;
type Mapping = CitySettings["cablecast"];
const numbers = ["location", "channel", "category", "producer", "project", "tagField"] as const;

interface CityCablecastProps {
  readonly value: Mapping;
  readonly problems: Problems;
  readonly onChange: (value: Mapping) => void;
}

export function CityCablecast({ value, problems, onChange }: CityCablecastProps) {
  const fields = value.customFields;
  const setFields = (customFields: Mapping["customFields"]): void => onChange({ ...value, customFields });
  return (
    <>
      <Text size="sm" c="dimmed">
        {t.mappingLead}
      </Text>
      <SimpleGrid cols={3} spacing="sm">
        {numbers.map((key) => (
          <NumberInput
            key={key}
            label={t.mapping[key]}
            min={1}
            allowDecimal={false}
            value={value[key] ?? ""}
            error={problems[`cablecast.${key}`]}
            onChange={(number) => onChange({ ...value, [key]: typeof number === "number" ? number : null })}
          />
        ))}
      </SimpleGrid>
      {fields.map(({ field, value: text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity other than their position
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t.fieldId}
            w={110}
            min={1}
            allowDecimal={false}
            value={field}
            onChange={(number) => setFields(fields.with(index, { field: Number(number), value: text }))}
          />
          <TextInput
            label={t.fieldValue}
            style={{ flex: 1 }}
            value={String(text)}
            onChange={(event) => setFields(fields.with(index, { field, value: event.currentTarget.value }))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t.removeField(field)}
            onClick={() => setFields(fields.toSpliced(index, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {problems["cablecast.customFields"] === undefined ? null : (
        <Text size="sm" c="red">
          {t.badField}
        </Text>
      )}
      <Group>
        <Button size="compact-sm" variant="default" onClick={() => setFields([...fields, { field: 1, value: "" }])}>
          {t.addField}
        </Button>
      </Group>
    </>
  );
}
