/** The names of a city, one per line. They apply at once, to everything that is recognized from now on. */
import { Button, Group, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";

const t = texts.shares;

type Terms = Awaited<ReturnType<typeof client.glossary.list>>;

const asText = (terms: Terms): string =>
  terms.map(({ term, kind }) => (kind === "other" ? term : `${kind}: ${term}`)).join("\n");

export function Glossary({ city, mayChange }: { readonly city: string; readonly mayChange: boolean }) {
  const options = api.glossary.list.queryOptions({ input: { city }, meta: { calm: true } });
  const terms = useQuery(options);
  const [text, setText] = useState<string>();
  useEffect(() => {
    if (terms.data !== undefined) setText((known) => known ?? asText(terms.data));
  }, [terms.data]);
  if (terms.error) return <ProblemAlert error={terms.error} onRetry={() => void terms.refetch()} />;
  if (terms.data === undefined || text === undefined) return <Text c="dimmed">{texts.loading}</Text>;
  const save = async (): Promise<void> => {
    const kept = await runAndNotify(
      () => client.glossary.replace({ city, text }),
      (all) => t.glossarySaved(all.length),
    );
    if (kept === undefined) return;
    setText(asText(kept));
    await terms.refetch();
  };
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
        <Button
          size="xs"
          variant="default"
          disabled={!mayChange || text === asText(terms.data)}
          onClick={() => void save()}
        >
          {t.saveGlossary}
        </Button>
        <Text size="xs" c="dimmed">
          {t.heard(terms.data.filter(({ timesHeard }) => timesHeard > 0).length, terms.data.length)}
        </Text>
      </Group>
    </div>
  );
}
