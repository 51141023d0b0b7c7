/** A bar chart with one bar per day; the numbers are available as text too. */
import { Group, Stack, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { texts } from "../../texts/en.ts";

interface BarsProps {
  readonly title: string;
  readonly values: readonly { readonly date: string; readonly value: number | null }[];
  readonly format: (value: number) => string;
  /** Value at full height; undefined: the maximum of the values. */
  readonly top?: number;
}

const height = 88;

export function Bars({ title, values, format, top }: BarsProps) {
  const greatest = top ?? Math.max(0, ...values.map(({ value }) => value ?? 0));
  const last = values.findLast(({ value }) => value !== null)?.value;
  return (
    <Stack gap={6} justify="flex-end">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {last == null ? texts.dashboard.noData : format(last)}
        </Text>
      </Group>
      <Group
        gap={3}
        align="flex-end"
        h={height}
        wrap="nowrap"
        style={{ borderBottom: "1px solid var(--mantine-color-default-border)" }}
      >
        {values.map(({ date, value }) => {
          const label = texts.dashboard.day(date, value === null ? texts.dashboard.noData : format(value));
          const share = value === null || greatest === 0 ? 0 : Math.min(1, value / greatest);
          return (
            <Tooltip key={date} label={label} openDelay={0}>
              <UnstyledButton
                aria-label={label}
                h={Math.max(2, share * height)}
                style={{
                  flex: 1,
                  borderRadius: "3px 3px 0 0",
                  background:
                    share === 0 ? "var(--mantine-color-default-border)" : "var(--mantine-primary-color-filled)",
                }}
              />
            </Tooltip>
          );
        })}
      </Group>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {values[0]?.date.slice(5)}
        </Text>
        <Text size="xs" c="dimmed">
          {values.at(-1)?.date.slice(5)}
        </Text>
      </Group>
    </Stack>
  );
}
