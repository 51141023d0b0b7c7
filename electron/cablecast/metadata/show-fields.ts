/** The fields of a show that both sides fill, as values that can be compared. Pure. */
import type { FieldValue } from "../../catalog/repositories/cablecast-metadata.ts";
import type { ShowMetadata } from "../../contract/publishing.ts";
import type { MetadataFieldName } from "../../contract/settings/cablecast.ts";
import type { Show } from "../client/records.ts";

const customName = (field: number): string => `custom:${field}`;

/** Id of the custom field that a field's name means; undefined for the others. */
const customId = (name: string): number | undefined =>
  name.startsWith("custom:") ? Number(name.slice("custom:".length)) : undefined;

/** The setting that has the rule for a field. */
export const ruleName = (name: string): MetadataFieldName =>
  customId(name) === undefined ? (name as MetadataFieldName) : "customFields";

export function ourFields(metadata: ShowMetadata): ReadonlyMap<string, FieldValue> {
  const { publicTitle, description, date, category, producer, project, customFields } = metadata;
  return new Map<string, FieldValue>([
    ["title", publicTitle],
    ["description", description],
    ["date", date],
    ["category", category],
    ["producer", producer],
    ["project", project],
    ...customFields.map(({ field, values }): [string, FieldValue] => [customName(field), values]),
  ]);
}

/** @param names the fields that are asked for */
export function theirFields(show: Show, names: Iterable<string>): ReadonlyMap<string, FieldValue> {
  return new Map([...names].map((name) => [name, theirValue(show, name)]));
}

function theirValue(show: Show, name: string): FieldValue {
  const custom = customId(name);
  if (custom !== undefined) {
    const entries = (show.customFields ?? []).filter(({ showField }) => showField === custom);
    // Of a choice or a tag the server gives an id, and its label beside it.
    return entries.flatMap(
      ({ value, fieldValueString }) =>
        [fieldValueString, value].find((each): each is string | number => isText(each)) ?? [],
    );
  }
  if (name === "title") return show.cgTitle ?? null;
  if (name === "description") return show.comments ?? null;
  if (name === "date") return show.eventDate?.slice(0, 10) ?? null;
  return (show[name] as number | null | undefined) ?? null;
}

const isText = (value: unknown): boolean => (typeof value === "string" && value !== "") || typeof value === "number";

/** The show with other values; whatever else it has stays. */
export function withFields(show: Show, values: ReadonlyMap<string, FieldValue>): Show {
  let changed = show;
  for (const [name, value] of values) changed = withField(changed, name, value);
  return changed;
}

function withField(show: Show, name: string, value: FieldValue): Show {
  const custom = customId(name);
  if (custom !== undefined) {
    const others = (show.customFields ?? []).filter(({ showField }) => showField !== custom);
    const own = (Array.isArray(value) ? value : [value]).map((each) => ({ showField: custom, value: each }));
    return { ...show, customFields: [...others, ...own] };
  }
  if (name === "title") return { ...show, cgTitle: value as string };
  if (name === "description") return { ...show, comments: value as string };
  if (name === "date") return { ...show, eventDate: `${String(value)}T00:00:00` };
  return { ...show, [name]: value };
}
