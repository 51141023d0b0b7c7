/** Input for one setting, with its description and constraints. */
import { Anchor, Code, Group, JsonInput, NumberInput, Select, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";

export type Setting = Awaited<ReturnType<typeof client.station.settings>>["settings"][number];

interface SettingInputProps {
  readonly setting: Setting;
  /** The current value, changed or not. */
  readonly value: unknown;
  readonly isChanged: boolean;
  readonly mayChange: boolean;
  readonly onChange: (value: unknown) => void;
}

const t = texts.settings;

function Field({
  setting,
  value,
  onChange,
  disabled,
}: {
  readonly setting: Setting;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly disabled: boolean;
}) {
  const { key, kind, choices, mustBe } = setting;
  const common = { "aria-label": key, disabled, size: "xs" } as const;
  if (kind === "flag")
    return <Switch {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  if (choices !== null)
    return (
      <Select
        {...common}
        w={220}
        data={choices}
        value={String(value)}
        onChange={(chosen) => chosen !== null && onChange(chosen)}
      />
    );
  if (kind === "number") {
    return (
      <NumberInput
        {...common}
        w={160}
        value={typeof value === "number" ? value : ""}
        placeholder={mustBe}
        onChange={(number) => onChange(number === "" ? null : number)}
      />
    );
  }
  if (kind === "json") {
    return (
      <JsonInput
        {...common}
        autosize
        minRows={2}
        maxRows={16}
        formatOnBlur
        validationError={t.notJson}
        defaultValue={JSON.stringify(value, undefined, 2)}
        onChange={(text) => {
          try {
            onChange(JSON.parse(text));
          } catch {
            // Reported beside the field; an invalid value is not stored.
          }
        }}
      />
    );
  }
  if (kind === "list") {
    return (
      <TextInput
        {...common}
        value={Array.isArray(value) ? value.join(", ") : ""}
        onChange={(event) =>
          onChange(
            event.currentTarget.value
              .split(",")
              .map((part) => part.trim())
              .filter(Boolean),
          )
        }
      />
    );
  }
  return (
    <TextInput
      {...common}
      value={typeof value === "string" ? value : ""}
      placeholder={mustBe}
      onChange={(event) => onChange(event.currentTarget.value === "" ? null : event.currentTarget.value)}
    />
  );
}

export function SettingInput({ setting, value, isChanged, mayChange, onChange }: SettingInputProps) {
  const { key, description, defaultValue, fromEnvironment, isHereOnly, signInName } = setting;
  const isFixed = !mayChange || fromEnvironment !== null || isHereOnly;
  const isUsual = JSON.stringify(value) === JSON.stringify(defaultValue);
  return (
    <Group align="flex-start" wrap="nowrap" gap="lg" py={6}>
      <Stack gap={0} w="46%">
        <Text size="sm" fw={isChanged ? 700 : 500}>
          {key}
        </Text>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      </Stack>
      <Stack gap={2} style={{ flex: 1 }}>
        <Field setting={setting} value={value} onChange={onChange} disabled={isFixed} />
        {mayChange && isHereOnly ? <Text size="xs">{t.hereOnly}</Text> : null}
        {signInName === null ? null : <Text size="xs">{t.signsIn(signInName)}</Text>}
        {fromEnvironment === null ? null : <Text size="xs">{t.environment(fromEnvironment)}</Text>}
        {isUsual || isFixed ? null : (
          <Text size="xs" c="dimmed">
            {t.usual}: <Code>{JSON.stringify(defaultValue)}</Code>{" "}
            <Anchor component="button" type="button" size="xs" onClick={() => onChange(defaultValue)}>
              {t.toUsual}
            </Anchor>
          </Text>
        )}
      </Stack>
    </Group>
  );
}
