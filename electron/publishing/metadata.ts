/**
 * Metadata of a meeting, from its file name, city and summary, and from values taken over from the server or entered by
 * users.
 */
import { type FieldRecord, type FieldValue, findFields } from "../catalog/repositories/cablecast-metadata.ts";
import { findSummary } from "../catalog/repositories/insights.ts";
import { listTags, parseSetFacts } from "../catalog/repositories/meeting-facts.ts";
import type { PublishableRow } from "../catalog/repositories/publishing.ts";
import type { CustomField, ShowMetadata } from "../contract/publishing.ts";
import type { CitySettings } from "../contract/settings/cities.ts";
import { isSameName } from "../platform/names.ts";
import { type NamedMeeting, readFileName } from "../shares/discovery/file-name.ts";
import { findCityOfPath, findShareOfPath } from "../shares/which-share.ts";
import type { StationServices } from "../station-services.ts";
import type { PublishOptions } from "./publish-options.ts";

/** Maximum length in characters: viewers want a single paragraph. */
const maxDescriptionLength = 1_000;
/** Maximum number of tags: viewers do not look through more. */
const maxTags = 8;

function describe(sentences: readonly { readonly text: string }[]): string {
  let description = "";
  for (const { text } of sentences) {
    if (description.length + text.length + 1 > maxDescriptionLength) break;
    description = `${description} ${text}`.trim();
  }
  return description;
}

/** The city that a recording belongs to: the one that it was taken in for, else the one whose folder contains it. */
export function findCityOfRecording(
  { settings }: Pick<StationServices, "settings">,
  row: Pick<PublishableRow, "filePath" | "city" | "factsSet">,
): CitySettings | undefined {
  // A person has said that it is no city's.
  if (row.city === null && parseSetFacts(row.factsSet).has("city")) return undefined;
  const { members } = settings.cities;
  const stored = members.find(({ name }) => isSameName(name, row.city));
  if (stored !== undefined) return stored;
  const held = findShareOfPath(settings.shares.servers, row.filePath);
  return held && findCityOfPath(members, held.share.label, held.below);
}

export interface MeetingMetadata {
  readonly city: CitySettings | undefined;
  readonly named: NamedMeeting;
  readonly metadata: ShowMetadata;
  readonly tags: readonly string[];
  /** Fields that the user has set in this request. */
  readonly requested: ReadonlySet<string>;
  /** Requested values that could not be used, as text. */
  readonly shortcomings: readonly string[];
}

/**
 * Collects a meeting's metadata.
 * @param server the server whose stored field values apply where both sides have set one; empty: none
 */
export function collectMetadata(
  services: Pick<StationServices, "catalog" | "settings">,
  server: string,
  row: PublishableRow,
  options: PublishOptions,
): MeetingMetadata {
  const { catalog } = services;
  const city = findCityOfRecording(services, row);
  const read = readFileName(row.filename, city?.namePatterns);
  // What a person has said counts, and be it that there is none.
  const said = parseSetFacts(row.factsSet);
  const named: NamedMeeting = {
    // Not the date in the file's name: that became the meeting's at intake, unless somebody has said that it is wrong.
    date: options.date ?? row.meetingDate ?? undefined,
    type: row.meetingType ?? (said.has("type") ? undefined : read.type),
    title: row.meetingTitle ?? read.title,
  };
  const summary = findSummary(catalog, row.id);
  const own = [city?.name, named.type].filter((part) => part !== undefined && part !== "").join(" ");
  const generatedTitle =
    options.generateTitle === false || said.has("title") || city === undefined || named.type === undefined
      ? named.title
      : own;
  const generatedDescription = options.generateDescription === false ? "" : describe(summary?.sentences ?? []);
  const ownTags = said.has("tags") ? listTags(catalog, row.id) : undefined;
  const tags = options.tags ?? ownTags ?? (summary?.phrases ?? []).slice(0, maxTags).map(({ phrase }) => phrase);
  const mapping = city?.cablecast;
  const generated: ShowMetadata = {
    publicTitle: options.title ?? generatedTitle,
    description: options.description ?? row.meetingDescription ?? generatedDescription,
    // When the file was changed says nothing of the meeting: an unknown date stays unknown.
    date: named.date ?? null,
    category: mapping?.category ?? null,
    producer: mapping?.producer ?? null,
    project: mapping?.project ?? null,
    customFields: [
      ...(mapping?.customFields ?? []).map(({ field, value }) => ({
        field,
        values: [fillTemplate(value, city, named)],
      })),
      ...(mapping?.tagField == null ? [] : [{ field: mapping.tagField, values: tags }]),
    ],
    madeDate: row.completedDate ?? new Date(row.modifiedMs).toISOString(),
  };
  const requested = new Set([
    ...(options.title === undefined ? [] : ["title"]),
    ...(options.description === undefined ? [] : ["description"]),
    ...(options.date === undefined ? [] : ["date"]),
    ...(options.tags === undefined || mapping?.tagField == null ? [] : [`custom:${mapping.tagField}`]),
  ]);
  const hasNoTagField = options.tags !== undefined && mapping?.tagField == null;
  return {
    city,
    named,
    metadata: applyChosenFields(generated, findFields(catalog, server, row.recordingId), requested),
    tags,
    requested,
    shortcomings: [
      ...(hasNoTagField
        ? ["the tags have no place on the server: set cablecast.tagField of the city in the settings"]
        : []),
    ],
  };
}

function fillTemplate(value: string | number, city: CitySettings | undefined, named: NamedMeeting): string | number {
  if (typeof value === "number") return value;
  const known: Readonly<Record<string, string | undefined>> = {
    city: city?.name,
    date: named.date,
    type: named.type,
    title: named.title,
  };
  return value.replace(/\{(\w+)\}/g, (whole, name: string) => known[name] ?? (name in known ? "" : whole));
}

/** Replaces generated values with those taken over from the server or set by a user earlier. */
function applyChosenFields(
  generated: ShowMetadata,
  fields: ReadonlyMap<string, FieldRecord>,
  requested: ReadonlySet<string>,
): ShowMetadata {
  const chosen = (name: string): FieldValue | undefined => (requested.has(name) ? undefined : fields.get(name)?.chosen);
  const text = (name: string, fallback: string | null): string => {
    const value = chosen(name);
    return String((value === undefined ? fallback : value) ?? "");
  };
  const id = (name: string, fallback: number | null): number | null => {
    const value = chosen(name);
    return value === undefined ? fallback : typeof value === "number" ? value : null;
  };
  const customFields: readonly CustomField[] = generated.customFields.map(({ field, values }) => {
    const value = chosen(`custom:${field}`);
    return { field, values: Array.isArray(value) ? value : values };
  });
  return {
    publicTitle: text("title", generated.publicTitle) || generated.publicTitle,
    description: text("description", generated.description),
    date: text("date", generated.date) || generated.date,
    category: id("category", generated.category),
    producer: id("producer", generated.producer),
    project: id("project", generated.project),
    customFields,
    madeDate: generated.madeDate,
  };
}
