/** Which show on the server a meeting becomes: the one that is found, a new one, or any other by its number or title. */
import { Input, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../station/queries.ts";
import { texts } from "../../texts/en.ts";
import type { PublishDraft } from "./publish-draft.ts";

const t = texts.publishing;
const choices = ["found", "new", "other"] as const;
const maxShows = 20;

interface ShowChoiceProps {
  readonly draft: PublishDraft;
  readonly onChange: (change: Partial<PublishDraft>) => void;
  /** The show of the preview; null: a new one. */
  readonly show: { readonly id: number; readonly title: string } | null;
  readonly listTitle: string;
}

export function ShowChoice({ draft, onChange, show, listTitle }: ShowChoiceProps) {
  const choice = draft.showChoice ?? "found";
  return (
    <Input.Wrapper label={t.show}>
      <Stack gap={6}>
        <SegmentedControl
          size="xs"
          aria-label={t.show}
          value={choice}
          onChange={(value) => onChange({ showChoice: value as (typeof choices)[number] })}
          data={choices.map((value) => ({ value, label: t.shows[value] }))}
        />
        {choice === "other" ? <ShowSearch draft={draft} onChange={onChange} /> : null}
        {choice === "other" && draft.show === undefined ? null : (
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {show === null ? t.newShow(listTitle) : t.foundShow(show.id, show.title)}
          </Text>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function ShowSearch({ draft, onChange }: Pick<ShowChoiceProps, "draft" | "onChange">) {
  const [search, setSearch] = useState("");
  // The label of the chosen show stands in the field, where it is no search.
  const [chosen, setChosen] = useState<{ readonly value: string; readonly label: string }>();
  const [sought] = useDebouncedValue(search === chosen?.label ? "" : search.trim(), 250);
  const number = /^\d{1,9}$/.test(search.trim()) ? search.trim() : undefined;
  const input = { limit: maxShows, offset: 0, ...(sought === "" || number !== undefined ? {} : { search: sought }) };
  const found = useQuery(api.cablecast.shows.queryOptions({ input, placeholderData: keepPreviousData }));
  const shows = (found.data?.shows ?? []).map(({ id, title }) => ({
    value: String(id),
    label: t.foundShow(id, title),
  }));
  const known = new Set(shows.map(({ value }) => value));
  // Any show can be named by its number, also one that has not been fetched yet.
  const named = number === undefined ? [] : [{ value: number, label: t.showNumber(number) }];
  const extra = [...(chosen === undefined ? [] : [chosen]), ...named].filter(
    ({ value }, index, all) => !known.has(value) && all.findIndex((each) => each.value === value) === index,
  );
  const data = [...extra, ...shows];
  return (
    <Select
      size="xs"
      aria-label={t.otherShow}
      placeholder={t.otherShow}
      searchable
      clearable
      nothingFoundMessage={t.noShows}
      data={data}
      // The station has searched already.
      filter={({ options }) => options}
      value={draft.show === undefined ? null : String(draft.show)}
      onSearchChange={setSearch}
      onChange={(value) => {
        setChosen(data.find((each) => each.value === value));
        onChange({ show: value === null ? undefined : Number(value) });
      }}
    />
  );
}
