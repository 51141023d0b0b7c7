/** Words that people have added to the dictionary of a city or of the whole station; each can be removed. */
import { Group, Pill, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../../station/connection.ts";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import { runAndNotify } from "../../ui/notify.ts";
import { ProblemAlert } from "../../ui/problem.tsx";
import { useUnsaved } from "../../ui/unsaved.ts";

const t = texts.dictionary;

interface KnownWordsProps {
  /** Name of the city's list of names; empty: the whole station. */
  readonly city: string;
  readonly mayChange: boolean;
}

export function KnownWords({ city, mayChange }: KnownWordsProps) {
  const known = useQuery(api.dictionary.words.queryOptions({ input: { city }, meta: { calm: true } }));
  const [text, setText] = useState("");
  useUnsaved(text.trim() !== "");
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    if ((await runAndNotify(work)) !== undefined) setText("");
    await known.refetch();
  };
  if (known.error) return <ProblemAlert error={known.error} onRetry={() => void known.refetch()} />;
  return (
    <div>
      <TextInput
        label={city === "" ? t.stationWords : t.cityWords(city)}
        description={t.wordsLead}
        placeholder={t.addWord}
        value={text}
        disabled={!mayChange}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || text.trim() === "") return;
          // The field is inside another form, which must not be submitted.
          event.preventDefault();
          void change(() => client.dictionary.addWord({ city, word: text.trim() }));
        }}
      />
      <Group gap={6} mt="xs" role="list" aria-label={t.list}>
        {(known.data ?? []).map(({ word, addedBy }) => (
          <Pill
            key={word}
            role="listitem"
            title={t.by(addedBy)}
            withRemoveButton={mayChange}
            removeButtonProps={{ "aria-label": t.removeWord(word), "aria-hidden": false, tabIndex: 0 }}
            onRemove={() => void change(() => client.dictionary.removeWord({ city, word }))}
          >
            {word}
          </Pill>
        ))}
        {known.data?.length === 0 ? (
          <Text size="xs" c="dimmed">
            {t.noWords}
          </Text>
        ) : null}
      </Group>
    </div>
  );
}
