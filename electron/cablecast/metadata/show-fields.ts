/** Converts the show fields that both sides fill to and from comparable values. Pure. */
import type { FieldValue } from "../../catalog/repositories/cablecast-metadata.ts";
import type { ShowMetadata } from "../../contract/publishing.ts";
import type { MetadataFieldName } from "../../contract/settings/cablecast.ts";
import type { Show } from "../client/records.ts";

const customName = (field: number): string => `custom:${field}`;

/** Id of the custom field that a field name refers to; undefined for other fields. */
const customId = (name: string): number | undefined =>
  name.startsWith("custom:") ? Number(name.slice("custom:".length)) : undefined;

/** Name of the setting that has the rule for a field. */
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

/**
 * Reads the server's values of a show's fields.
 * @param names the fields to read
 */
export function theirFields(show: Show, names: Iterable<string>): ReadonlyMap<string, FieldValue> {
  return new Map([...names].map((name) => [name, theirValue(show, name)]));
}

function theirValue(show: Show, name: string): FieldValue {
  const custom = customId(name);
  if (custom !== undefined) {
    const entries = (show.customFields ?? []).filter(({ showField }) => showField === custom);
    // For a choice or a tag the server sends an id, with its label beside it.
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

/** Returns the show with new values; all other fields stay. */
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
