/** Editor of a list setting; each item is edited in a form in a drawer. */
import { Button, Card, Drawer, Group, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useState } from "react";
import { useSaveSettings } from "../../station/settings.ts";
import { texts } from "../../texts/en.ts";
import { mayDiscard } from "../../ui/unsaved.ts";

const t = texts.shares;

export interface FormProps<T> {
  /** undefined: a new item. */
  readonly initial: T | undefined;
  readonly mayChange: boolean;
  /** @returns Whether it was saved */
  readonly onSave: (value: T) => Promise<boolean>;
  readonly onRemove: (() => Promise<boolean>) | undefined;
}

interface ListEditorProps<T> {
  /** Key of the setting. */
  readonly settingKey: string;
  readonly items: readonly T[];
  readonly getName: (item: T) => string;
  readonly titles: readonly string[];
  readonly cells: (item: T) => readonly ReactNode[];
  readonly empty: ReactNode;
  readonly addLabel: string;
  readonly mayChange: boolean;
  readonly form: (props: FormProps<T>) => ReactNode;
}

export function ListEditor<T>(props: ListEditorProps<T>) {
  const { settingKey, items, getName, titles, cells, empty, addLabel, mayChange, form } = props;
  const save = useSaveSettings();
  /** Index of the open item; the length of the list: a new item; undefined: none. */
  const [open, setOpen] = useState<number>();
  const keep = async (next: readonly T[]): Promise<boolean> => {
    const isKept = await save({ [settingKey]: next });
    if (isKept) setOpen(undefined);
    return isKept;
  };
  const initial = open === undefined ? undefined : items[open];
  return (
    <Stack gap="sm">
      {items.length === 0 ? (
        <Card withBorder>{empty}</Card>
      ) : (
        <Table withTableBorder verticalSpacing="xs" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              {titles.map((title) => (
                <Table.Th key={title}>{title}</Table.Th>
              ))}
              <Table.Th w={90} aria-label={t.edit} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item, index) => (
              <Table.Tr key={getName(item)}>
                {cells(item).map((cell, at) => (
                  <Table.Td key={titles[at]}>{cell}</Table.Td>
                ))}
                <Table.Td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`${mayChange ? t.edit : t.view}: ${getName(item)}`}
                    onClick={() => setOpen(index)}
                  >
                    {mayChange ? t.edit : t.view}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group>
        {mayChange ? (
          <Button size="xs" onClick={() => setOpen(items.length)}>
            {addLabel}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {texts.settings.onlyAdmins}
          </Text>
        )}
      </Group>
      <Drawer
        opened={open !== undefined}
        onClose={() => mayDiscard() && setOpen(undefined)}
        position="right"
        size="lg"
        title={initial === undefined ? addLabel : getName(initial)}
      >
        {open === undefined
          ? null
          : form({
              initial,
              mayChange,
              onSave: (value) => keep(initial === undefined ? [...items, value] : items.with(open, value)),
              onRemove: initial === undefined ? undefined : () => keep(items.toSpliced(open, 1)),
            })}
      </Drawer>
    </Stack>
  );
}
