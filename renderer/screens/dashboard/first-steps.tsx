/**
 * Checklist that leads a new station to its first captions. Disappears when all is done, or when the person dismisses
 * it.
 */
import { Anchor, Button, Card, CloseButton, Group, List, Stack, Text, ThemeIcon } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconCheck, IconCircleDashed } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../../station/connection.ts";
import { Failure } from "../../station/failure.ts";
import { api } from "../../station/queries.ts";
import { useSession } from "../../station/session.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { demoModel, hasRealModel } from "../intake/real-model.ts";
import { ModelCards } from "../models/model-cards.tsx";
import { SelfTest } from "../models/self-test.tsx";
import { useModelActions, useModels } from "../models/use-models.ts";

const t = texts.firstSteps;

/** Starts the sample meeting, always with the demo model. @returns Id of its job. @throws Failure */
async function startSample(path: string): Promise<string | undefined> {
  const recording = { path, city: null, date: null, type: null, title: t.sampleTitle };
  const [result] = await client.intake.start({ recordings: [recording], options: { model: demoModel } });
  if (result?.problem != null) throw new Failure(result.problem);
  return result?.jobId ?? undefined;
}

interface Step {
  readonly title: string;
  readonly isDone: boolean;
  /** Link to the screen where the step is done. */
  readonly href?: string;
  readonly lead: ReactNode;
  /** True: the models to choose from stand below it. */
  readonly isModel?: boolean;
}

/** The three models to choose from, and how fast they are here. */
function FirstModel() {
  const mayChange = useSession().data?.person?.role === "admin";
  const models = useModels();
  const actions = useModelActions(models.refetch);
  if (models.data === undefined) return null;
  return (
    <Stack gap="sm" mt="xs" mb="xs">
      <SelfTest view={models.data.selfTest} actions={actions} mayChange={mayChange} startsAlone />
      <ModelCards list={models.data} actions={actions} mayChange={mayChange} />
    </Stack>
  );
}

export function FirstSteps() {
  const [isPutAway, putAway] = useLocalStorage({ key: "archivist.first-steps", defaultValue: false });
  const [, go] = useLocation();
  const choices = useQuery(api.intake.choices.queryOptions());
  const settings = useQuery(api.station.settings.queryOptions());
  const meetings = useQuery(api.library.list.queryOptions({ input: { limit: 1, offset: 0 } }));
  if (isPutAway || choices.data === undefined || settings.data === undefined || meetings.data === undefined)
    return null;
  const { models, cities, sample } = choices.data;
  const hasServer = settings.data.settings.some(({ key, value }) => key === "cablecast.url" && value);
  const steps: readonly Step[] = [
    { title: t.folder, isDone: true, lead: t.folderLead(settings.data.file) },
    {
      title: t.sample,
      isDone: meetings.data.total > 0,
      lead:
        sample === null ? null : (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void runAndNotify(() => startSample(sample)).then((id) => id && go(`/queue/${id}`))}
          >
            {t.sampleAction}
          </Button>
        ),
    },
    { title: t.model, isDone: hasRealModel(models), lead: t.modelLead, href: "/settings/models", isModel: true },
    { title: t.city, isDone: cities.length > 0, lead: t.cityLead, href: "/shares" },
    { title: t.cablecast, isDone: hasServer, lead: t.cablecastLead, href: "/settings" },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <Card withBorder padding="md" component="section" aria-label={t.title}>
      <Group justify="space-between" mb="xs">
        <Text fw={600}>{t.title}</Text>
        <CloseButton aria-label={t.putAway} onClick={() => putAway(true)} />
      </Group>
      <List spacing="xs" size="sm" center>
        {steps.map(({ title, isDone, lead, href, isModel = false }) => (
          <List.Item
            key={title}
            {...(isModel && !isDone ? { styles: { itemWrapper: { alignItems: "flex-start" } } } : {})}
            icon={
              <ThemeIcon size={22} radius="xl" color={isDone ? "teal" : "gray"} variant="light">
                {isDone ? (
                  <IconCheck size={14} aria-label={t.done} />
                ) : (
                  <IconCircleDashed size={14} aria-label={t.open} />
                )}
              </ThemeIcon>
            }
          >
            <Group gap="xs">
              <Text size="sm" fw={600} td={isDone ? "line-through" : undefined}>
                {title}
              </Text>
              {typeof lead === "string" ? (
                <Text size="sm" c="dimmed">
                  {lead}
                </Text>
              ) : isDone ? null : (
                lead
              )}
              {isDone || href === undefined ? null : (
                <Anchor component={Link} href={href} size="sm" aria-label={`${t.goThere}: ${title}`}>
                  {t.goThere}
                </Anchor>
              )}
            </Group>
            {isModel && !isDone ? <FirstModel /> : null}
          </List.Item>
        ))}
      </List>
    </Card>
  );
}
