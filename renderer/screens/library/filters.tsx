/** Filters of the library: name, city, status, and publication. */
import { Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { transcriptionStates } from "../../../electron/contract/terms.ts";
import { texts } from "../../texts/en.ts";
import { meetingTexts } from "../../texts/meetings.ts";

const t = texts.library;

type Status = (typeof transcriptionStates)[number];

/** The filter values and controls: status and publication are in the URL, so that other screens can link to them. */
export function useFilters() {
  const [params, setParams] = useSearchParams();
  const [name, setName] = useState("");
  const [settledName] = useDebouncedValue(name, 200);
  const [city, setCity] = useState<string | null>(null);
  const [tag, setTag] = useState<string | null>(null);
  const status = params.get("status") as Status | null;
  const published = params.get("published");
  const setParam = (key: "status" | "published", value: string | null): void =>
    setParams((before) => {
      if (value === null) before.delete(key);
      else before.set(key, value);
      return before;
    });
  return {
    name,
    setName,
    city,
    setCity,
    tag,
    setTag,
    status,
    published,
    setParam,
    isActive: status !== null || published !== null || city !== null || tag !== null || settledName !== "",
    /** The filters in the form that the station takes. */
    query: {
      ...(status === null ? {} : { status: [status] }),
      ...(published === null ? {} : { published: published === "yes" }),
      ...(city === null ? {} : { city }),
      ...(tag === null ? {} : { tag }),
      ...(settledName === "" ? {} : { text: settledName }),
    },
  };
}

interface FiltersProps {
  readonly filters: ReturnType<typeof useFilters>;
  readonly cities: readonly string[];
  readonly tags: readonly string[];
}

export function Filters({ filters, cities, tags }: FiltersProps) {
  const { name, setName, city, setCity, tag, setTag, status, published, setParam } = filters;
  return (
    <>
      <TextInput
        placeholder={t.filter}
        aria-label={t.filter}
        w={170}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        placeholder={t.city}
        aria-label={t.city}
        w={150}
        clearable
        data={[...cities]}
        value={city}
        onChange={setCity}
      />
      {tags.length === 0 ? null : (
        <Select
          placeholder={meetingTexts.tag}
          aria-label={meetingTexts.tag}
          w={130}
          clearable
          searchable
          data={[...tags]}
          value={tag}
          onChange={setTag}
        />
      )}
      <Select
        placeholder={t.status}
        aria-label={t.status}
        w={150}
        clearable
        data={transcriptionStates.map((value) => ({ value, label: t.states[value] }))}
        value={status}
        onChange={(value) => setParam("status", value)}
      />
      <Select
        placeholder={t.published}
        aria-label={t.published}
        w={130}
        clearable
        data={[
          { value: "yes", label: t.yes },
          { value: "no", label: t.no },
        ]}
        value={published}
        onChange={(value) => setParam("published", value)}
      />
    </>
  );
}
