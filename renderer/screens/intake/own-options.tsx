/** Options of one recording that differ from those of the others. */
import { Button, Popover, Select, Stack, Text } from "@mantine/core";
import type { OutputFormat } from "../../../electron/contract/formats.ts";
import { texts } from "../../texts/en.ts";
import { OutputFields } from "../../ui/work-options.tsx";
import { chooseOwn, type Row } from "./list.ts";

const t = texts.work.options;

export function OwnOptions({ row, formats }: { readonly row: Row; readonly formats: readonly OutputFormat[] }) {
  const { key, filename, own } = row;
  const isSet = Object.values(own).some((value) => value !== undefined);
  return (
    <Popover withArrow trapFocus width={300} position="bottom-end">
      <Popover.Target>
        <Button
          size="compact-xs"
          mt={4}
          variant={isSet ? "light" : "subtle"}
          color={isSet ? "blue" : "gray"}
          aria-label={t.ofRecording(filename)}
        >
          {t.title}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {t.ownLead}
          </Text>
          <OutputFields
            size="xs"
            choice={own}
            onChange={(choice) => chooseOwn(key, { ...own, ...choice })}
            formats={formats}
            usual={t.asForAll}
          />
          <Select
            size="xs"
            label={t.priority}
            placeholder={t.asForAll}
            data={["1", "2", "3", "4", "5"]}
            value={own.priority === undefined ? null : String(own.priority)}
            onChange={(value) => chooseOwn(key, { ...own, priority: value === null ? undefined : Number(value) })}
            clearable
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
