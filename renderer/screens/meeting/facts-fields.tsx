/** The input for each fact of a meeting, for one meeting and for many. */
import { Autocomplete, TagsInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { describeFactFault, type FactChanges, type MeetingFactName } from "../../../electron/contract/meeting-facts.ts";
import { api } from "../../station/queries.ts";
import { meetingTexts as t } from "../../texts/meetings.ts";
import { capitalize } from "../../ui/format.ts";

/** The values as they stand in the inputs. */
export interface FactValues {
  readonly title: string;
  readonly date: string;
  readonly type: string;
  readonly city: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly people: readonly string[];
}
export type FactInputName = keyof FactValues;

export const emptyFacts: FactValues = {
  title: "",
  date: "",
  type: "",
  city: "",
  description: "",
  tags: [],
  addTags: [],
  removeTags: [],
  people: [],
};

const orNull = (text: string): string | null => (text.trim() === "" ? null : text.trim());

/** The change that inputs stand for. */
export function toChanges(values: FactValues, names: readonly FactInputName[]): FactChanges {
  const all: Required<FactChanges> = {
    title: orNull(values.title),
    date: orNull(values.date),
    type: orNull(values.type),
    city: orNull(values.city),
    description: orNull(values.description),
    tags: values.tags.length === 0 ? null : [...values.tags],
    addTags: [...values.addTags],
    removeTags: [...values.removeTags],
    people: [...values.people],
  };
  return Object.fromEntries(names.map((name) => [name, all[name]]));
}

/** What is wrong with an input; undefined: nothing is. */
const findFault = (values: FactValues, name: FactInputName): string | undefined => {
  const fault = describeFactFault(toChanges(values, [name]));
  return fault === undefined ? undefined : `${capitalize(fault)}.`;
};

export const areValid = (values: FactValues, names: readonly FactInputName[]): boolean =>
  names.every((name) => findFault(values, name) === undefined);

/** The cities and tags to choose from: of the settings and of the meetings that are there. */
function useChoices() {
  const known = useQuery(api.library.list.queryOptions({ input: { limit: 1 } }));
  const members = useQuery(api.station.cities.queryOptions());
  const cities = [...new Set([...(members.data ?? []), ...(known.data?.cities ?? [])])].sort();
  return { cities, tags: known.data?.tags ?? [] };
}

interface FactFieldProps {
  readonly name: FactInputName;
  readonly values: FactValues;
  readonly onChange: (values: FactValues) => void;
  readonly isDisabled?: boolean;
}

const hints: Partial<Record<FactInputName, string>> = {
  title: t.titleHint,
  date: t.dateHint,
  description: t.descriptionHint,
  tags: t.tagsHint,
  addTags: t.listHint,
  removeTags: t.listHint,
  people: t.listHint,
};

export function FactField({ name, values, onChange, isDisabled = false }: FactFieldProps) {
  const choices = useChoices();
  const fault = isDisabled ? undefined : findFault(values, name);
  const common = {
    label: t.fields[name],
    description: hints[name],
    disabled: isDisabled,
    error: fault,
  };
  const value = values[name];
  if (typeof value !== "string") {
    return (
      <TagsInput
        {...common}
        data={name === "people" ? [] : [...choices.tags]}
        value={[...value]}
        onChange={(names) => onChange({ ...values, [name]: names })}
        splitChars={[",", ";"]}
        acceptValueOnBlur
      />
    );
  }
  const set = (text: string): void => onChange({ ...values, [name]: text });
  if (name === "city") return <Autocomplete {...common} data={choices.cities} value={value} onChange={set} />;
  const onInput = (event: { readonly currentTarget: { readonly value: string } }): void =>
    set(event.currentTarget.value);
  if (name === "description")
    return <Textarea {...common} autosize minRows={3} maxRows={8} value={value} onChange={onInput} />;
  return <TextInput {...common} value={value} onChange={onInput} />;
}

/** The facts of a meeting as a list shows them. */
export const factOrder: readonly MeetingFactName[] = ["title", "date", "type", "city", "description", "tags", "people"];
