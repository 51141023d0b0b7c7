/** Fast, Balanced and Best: the models that are offered first. */

import { Alert, Badge, Card, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { ModelView } from "../../../electron/contract/api/models.ts";
import { formatBytes, formatMemory } from "../../../electron/contract/sizes.ts";
import type { client } from "../../station/connection.ts";
import { texts } from "../../texts/en.ts";
import { capitalize } from "../../ui/format.ts";
import { ModelState } from "./model-state.tsx";
import { formatMinutes } from "./speed.ts";
import type { ModelActions } from "./use-models.ts";

const t = texts.models;

type ModelList = Awaited<ReturnType<typeof client.models.list>>;

interface ModelCardsProps {
  readonly list: ModelList;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
}

export function ModelCards({ list, actions, mayChange }: ModelCardsProps) {
  const cards = list.cards.flatMap(({ tier, model: name, isRecommended }) => {
    const model = list.models.find((each) => each.name === name);
    return model === undefined ? [] : [{ tier, model, isRecommended }];
  });
  if (cards.length === 0) {
    return (
      <Alert color="orange" py="xs">
        {t.noneFits(formatMemory(list.memoryBytes))}
      </Alert>
    );
  }
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      {cards.map(({ tier, model, isRecommended }) => (
        <ModelCard
          key={tier}
          tier={tier}
          model={model}
          isRecommended={isRecommended}
          isMeasuring={list.selfTest.state === "running"}
          actions={actions}
          mayChange={mayChange}
        />
      ))}
    </SimpleGrid>
  );
}

interface ModelCardProps {
  readonly tier: ModelList["cards"][number]["tier"];
  readonly model: ModelView;
  readonly isRecommended: boolean;
  readonly isMeasuring: boolean;
  readonly actions: ModelActions;
  readonly mayChange: boolean;
}

function ModelCard({ tier, model, isRecommended, isMeasuring, actions, mayChange }: ModelCardProps) {
  const { name, minutesPerHour, bytes, languages, license, memoryBytes, fits } = model;
  const heading = `model-card-${tier}`;
  return (
    <Card withBorder padding="md" component="section" aria-labelledby={heading}>
      <Stack gap="sm" h="100%">
        <div>
          <Group justify="space-between" gap="xs">
            <Text fw={600} id={heading}>
              {t.tiers[tier]}
            </Text>
            {isRecommended ? (
              <Badge variant="light" tt="none">
                {t.recommended}
              </Badge>
            ) : null}
          </Group>
          <Text size="sm" c="dimmed">
            {t.tierLeads[tier]}
          </Text>
        </div>
        <div>
          <Text fz={22} fw={600} lh={1.2}>
            {minutesPerHour === null
              ? isMeasuring
                ? t.speedSoon
                : t.speedUnknown
              : capitalize(formatMinutes(minutesPerHour))}
          </Text>
          <Text size="sm" c="dimmed">
            {t.perHour}
          </Text>
        </div>
        <Facts
          rows={[
            [t.model, name],
            [t.size, formatBytes(bytes)],
            [t.languages, languages],
            [t.memory, fits ? t.memoryFits(formatMemory(memoryBytes)) : t.memoryTooLarge(formatMemory(memoryBytes))],
            ...(license === null ? [] : [[t.license, license] as const]),
          ]}
        />
        <div style={{ marginTop: "auto" }}>
          <ModelState model={model} actions={actions} mayChange={mayChange} isPrimary={isRecommended} isWide />
          {model.isInstalled && model.isVerified ? (
            <Group gap={4} mt={6} wrap="nowrap">
              <IconCheck size={14} aria-hidden />
              <Text size="xs" c="dimmed">
                {t.checksumVerified}
              </Text>
            </Group>
          ) : null}
        </div>
      </Stack>
    </Card>
  );
}

/** Names and values, in two columns. */
function Facts({ rows }: { readonly rows: readonly (readonly [name: string, value: string])[] }) {
  return (
    <dl style={{ display: "grid", gridTemplateColumns: "max-content 1fr", gap: "2px 12px", margin: 0 }}>
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
}
