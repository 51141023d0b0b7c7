/** The names of a city, one per line. They apply at once, to everything that is recognized from now on. */
import { Button, Group, Text, Textarea } from "@mantine/core";
import { texts } from "../../texts/en.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import type { GlossaryDraft } from "./use-glossary.ts";

const t = texts.shares;

interface GlossaryProps {
  readonly names: GlossaryDraft;
  readonly mayChange: boolean;
  /** It is not part of a form that saves it. */
  readonly hasButton?: boolean;
}

export function Glossary({ names, mayChange, hasButton = false }: GlossaryProps) {
  const { city, terms, error, refetch, text, setText, isChanged, save } = names;
  if (city === undefined) return null;
  if (error) return <ProblemAlert error={error} onRetry={refetch} />;
  if (terms === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  return (
    <div>
      <Textarea
        label={t.glossary(city)}
        description={t.glossaryLead}
        autosize
        minRows={4}
        maxRows={14}
        value={text}
        disabled={!mayChange}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group mt="xs" gap="sm">
        {hasButton ? (
          <Button size="xs" variant="default" disabled={!mayChange || !isChanged} onClick={() => void save()}>
            {t.saveGlossary}
          </Button>
        ) : null}
        <Text size="xs" c="dimmed">
          {t.heard(terms.filter(({ timesHeard }) => timesHeard > 0).length, terms.length)}
        </Text>
      </Group>
    </div>
  );
}
