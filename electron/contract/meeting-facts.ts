/** What people say of a meeting, apart from its words: its facts, their changes, and what a search finds them in. */
import { z } from "zod";

export const meetingFactNames = ["title", "date", "type", "city", "description", "tags", "people"] as const;
export type MeetingFactName = (typeof meetingFactNames)[number];

/** Kinds of entries in a meeting's log. `joined`: with other parts into one meeting; `replaced`: by, or with, a better copy of the recording. */
export const meetingChangeKinds = ["changed", "deleted", "restored", "joined", "replaced"] as const;
export type MeetingChangeKind = (typeof meetingChangeKinds)[number];

/** Where a search finds a meeting, besides its captions. */
export const meetingDetailFields = [
  "title",
  "filename",
  "city",
  "date",
  "type",
  "description",
  "tags",
  "people",
  "speakers",
  "summary",
  "chapters",
] as const;
export type MeetingDetailField = (typeof meetingDetailFields)[number];

/** Days for which a deleted meeting can be brought back. */
export const restoreDays = 30;

const maxTags = 30;
const maxPeople = 100;

function isCalendarDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  // Rejects dates such as 31 February.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** `2026-03-02`, a day that exists. */
export const meetingDateSchema = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/, "a date such as 2026-03-02")
  .refine(isCalendarDate, "a day that is in the calendar");

const line = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !/\p{Cc}/u.test(text), "one line");

/** Keeps the first of names that differ in capitals only. */
const firstOfEach = (names: readonly string[]): string[] =>
  [...new Map([...names].reverse().map((name) => [name.normalize("NFC").toLowerCase(), name])).values()].reverse();

const tagsSchema = z.array(line(60)).max(maxTags).transform(firstOfEach);
const peopleSchema = z.array(line(100)).max(maxPeople).transform(firstOfEach);

/** The facts as they are. */
export interface MeetingFacts {
  readonly title: string;
  /** Null: unknown. */
  readonly date: string | null;
  readonly type: string | null;
  readonly city: string | null;
  /** Null: made of the summary. */
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly people: readonly string[];
}

/** A change of facts; those that are absent stay. */
export const factChangesSchema = z.strictObject({
  /** Null: as the name of the file says. */
  title: line(200).nullable().optional(),
  /** Null: the date is unknown. */
  date: meetingDateSchema.nullable().optional(),
  /** Null: none. */
  type: line(100).nullable().optional(),
  /** Null: no city's. */
  city: line(100).nullable().optional(),
  /** Null: made of the summary. */
  description: z.string().trim().min(1).max(4_000).nullable().optional(),
  /** All tags; null: the key phrases. */
  tags: tagsSchema.nullable().optional(),
  /** Tags that are added to those that are there. */
  addTags: tagsSchema.optional(),
  removeTags: tagsSchema.optional(),
  /** Everybody who was present. */
  people: peopleSchema.optional(),
});
export type FactChanges = z.infer<typeof factChangesSchema>;

/** What each part of a change has to be, in the user's words. */
export const factRequirements: Readonly<Record<keyof FactChanges, string>> = {
  title: "a title is one line of at most 200 characters",
  date: "a date is a day in the calendar, such as 2026-03-02",
  type: "a kind of meeting is one line of at most 100 characters",
  city: "the name of a city is one line of at most 100 characters",
  description: "a description has at most 4,000 characters",
  tags: `there are at most ${maxTags} tags, each of at most 60 characters`,
  addTags: `there are at most ${maxTags} tags, each of at most 60 characters`,
  removeTags: `there are at most ${maxTags} tags, each of at most 60 characters`,
  people: `there are at most ${maxPeople} names, each of at most 100 characters`,
};

/** Says in the user's words what is wrong with a change; undefined: nothing is. */
export function describeFactFault(input: unknown): string | undefined {
  const issue = factChangesSchema.safeParse(input).error?.issues[0];
  if (issue === undefined) return undefined;
  if (issue.code === "unrecognized_keys") return `a meeting has no "${issue.keys[0] ?? ""}"`;
  const name = Object.keys(factRequirements).find((each) => each === issue.path[0]);
  return name === undefined ? "no facts are named" : factRequirements[name as keyof FactChanges];
}

/** One changed fact. */
export const changedFieldSchema = z.object({
  field: z.enum(meetingFactNames),
  /** Null: there was none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type ChangedField = z.infer<typeof changedFieldSchema>;
