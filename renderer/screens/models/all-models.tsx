/** All speech models in a table, below the ones that are offered first. */

import { ActionIcon, Badge, Button, Collapse, Group, Menu, Table, Text } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconDots, IconShieldCheck, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ModelView } from "../../../electron/contract/api/models.ts";
import { formatBytes, formatMemory } from "../../../electron/contract/sizes.ts";
import { texts } from "../../texts/en.ts";
import { ImportState } from "./import-state.tsx";
import { ModelState } from "./model-state.tsx";
import { formatMinutes } from "./speed.ts";
import type { ModelActions } from "./use-models.ts";

const t = texts.models;

interface AllModelsProps {
  readonly models: readonly ModelView[];
  readonly actions: ModelActions;
  readonly mayChange: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly title: string;
  /** Stands beside the title. */
  readonly corner: ReactNode;
}

/** Installed ones first. */
const isHere = ({ isInstalled, download, importing }: ModelView): boolean =>
  isInstalled || download !== null || importing !== null;

export function AllModels({ models, actions, mayChange, isOpen, onToggle, title, corner }: AllModelsProps) {
  const sorted = [...models.filter(isHere), ...models.filter((model) => !isHere(model))];
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Group justify="space-between">
        <Button
          variant="subtle"
          px="xs"
          leftSection={<Chevron size={16} aria-hidden />}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {title}
        </Button>
        {corner}
      </Group>
      <Collapse expanded={isOpen}>
        <Table.ScrollContainer minWidth={820}>
          <Table verticalSpacing={6} aria-label={t.allTable}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t.model}</Table.Th>
                <Table.Th>{t.size}</Table.Th>
                <Table.Th>{t.languages}</Table.Th>
                <Table.Th>{t.memory}</Table.Th>
                <Table.Th>{t.speedHere}</Table.Th>
                <Table.Th w={260}>{t.state}</Table.Th>
                <Table.Th w={44} aria-label={t.more} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map((model) => (
                <Row key={model.name} model={model} actions={actions} mayChange={mayChange} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Collapse>
    </div>
  );
}

interface RowProps {
  readonly model: ModelView;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
}

function Row({ model, actions, mayChange }: RowProps) {
  const { name, origin, bytes, languages, memoryBytes, minutesPerHour } = model;
  const { fasterModel, isInstalled, isVerified, download, importing } = model;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs" wrap="nowrap">
          {name}
          {origin === "published" ? null : (
            <Badge variant="light" color="gray" tt="none" style={{ flex: "none" }}>
              {t.origins[origin]}
            </Badge>
          )}
        </Group>
        {isInstalled && fasterModel !== null ? (
          <Text size="xs" c="dimmed">
            {t.faster(fasterModel)}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{bytes === 0 ? "–" : formatBytes(bytes)}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{languages}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>{memoryBytes === 0 ? "–" : formatMemory(memoryBytes)}</Table.Td>
      <Table.Td style={{ whiteSpace: "nowrap" }}>
        {minutesPerHour === null ? "–" : t.speedCell(formatMinutes(minutesPerHour))}
      </Table.Td>
      <Table.Td>
        <ModelState model={model} actions={actions} mayChange={mayChange} />
        {isInstalled && importing !== null ? (
          <ImportState model={model} importing={importing} actions={actions} mayChange={mayChange} />
        ) : null}
        {isInstalled && isVerified ? (
          <Text size="xs" c="dimmed">
            {t.checksumVerified}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        {mayChange && origin !== "demo" && (isInstalled || download !== null) ? (
          <Menu withinPortal position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t.moreOn(name)}>
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {isInstalled ? (
                <Menu.Item leftSection={<IconShieldCheck size={16} aria-hidden />} onClick={() => actions.verify(name)}>
                  {t.verify}
                </Menu.Item>
              ) : null}
              <Menu.Item
                color="red"
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => actions.remove(name)}
              >
                {isInstalled ? t.remove : t.discard}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </Table.Td>
    </Table.Tr>
  );
}
