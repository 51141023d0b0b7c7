/** What a change makes of the facts, and what the log says. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredFacts } from "../../electron/catalog/repositories/meeting-facts.ts";
import { type FactChanges, factChangesSchema } from "../../electron/contract/meeting-facts.ts";
import { applyChanges } from "../../electron/meetings/apply-changes.ts";
import { parseFactChanges } from "../../electron/meetings/change-facts.ts";

const facts: StoredFacts = {
  filename: "2026-03-02 City Council.mp4",
  title: "City Council",
  date: "2026-03-02",
  type: "City Council",
  city: "Oakdale",
  description: null,
  tags: ["Budget"],
  people: [],
  set: new Set(["tags"]),
};

const apply = (changes: FactChanges, before = facts) => applyChanges(before, changes, "City Council");

describe("a change of facts", () => {
  test.each<[string, FactChanges, Partial<StoredFacts>, readonly string[]]>([
    ["a title", { title: "Budget Hearing" }, { title: "Budget Hearing" }, ["title: City Council → Budget Hearing"]],
    ["a title of the file, where it is that", { title: null }, { title: "City Council" }, []],
    ["no date", { date: null }, { date: null }, ["date: 2026-03-02 → null"]],
    ["another city", { city: "Lake Elmo" }, { city: "Lake Elmo" }, ["city: Oakdale → Lake Elmo"]],
    ["no type", { type: null }, { type: null }, ["type: City Council → null"]],
    [
      "a description",
      { description: "What it was." },
      { description: "What it was." },
      ["description: null → What it was."],
    ],
    [
      "more tags",
      { addTags: ["Streets", "budget"] },
      { tags: ["Budget", "Streets"] },
      ["tags: Budget → Budget, Streets"],
    ],
    ["fewer tags", { removeTags: ["BUDGET"] }, { tags: [] }, ["tags: Budget → null"]],
    ["other tags", { tags: ["Parks"] }, { tags: ["Parks"] }, ["tags: Budget → Parks"]],
    ["people", { people: ["Ann Lee", "Bo Ek"] }, { people: ["Ann Lee", "Bo Ek"] }, ["people: null → Ann Lee, Bo Ek"]],
  ])("%s", (_name, changes, expected, log) => {
    const { facts: after, fields } = apply(changes);
    expect(after).toMatchObject(expected);
    expect(fields.map(({ field, before, after: now }) => `${field}: ${before} → ${now}`)).toEqual(log);
  });

  test("saying that there is no date, where none was known, is an answer of its own", () => {
    const unknown = { ...facts, date: null };
    expect(apply({ date: null }, unknown).fields).toEqual([{ field: "date", before: null, after: null }]);
    expect(apply({ date: null }, apply({ date: null }, unknown).facts).fields).toEqual([]);
  });

  test("made twice changes nothing the second time, and a title can be taken back", () => {
    const changes: FactChanges = { title: "A", date: "2026-01-05", tags: ["x"], people: ["P"], description: "d" };
    const once = apply(changes).facts;
    expect(apply(changes, once).fields).toEqual([]);
    expect([...once.set].sort()).toEqual(["date", "description", "people", "tags", "title"]);
    const back = apply({ title: null, description: null, tags: null }, once).facts;
    expect(back).toMatchObject({ title: "City Council", description: null, tags: [] });
    expect([...back.set].sort()).toEqual(["date", "people"]);
  });

  test("whatever it is, what it does not name stays", () => {
    const line = fc
      .string({ minLength: 1, maxLength: 40 })
      .filter((text) => factChangesSchema.safeParse({ title: text }).success);
    const any = fc.record(
      { title: line, type: line, tags: fc.array(line, { maxLength: 5 }), people: fc.array(line, { maxLength: 5 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(any, (input) => {
        const changes = parseFactChanges(input);
        const { facts: after, fields } = apply(changes);
        const named = new Set(Object.keys(changes));
        for (const name of ["title", "date", "type", "city", "description", "tags", "people"] as const) {
          if (!named.has(name)) expect(after[name]).toEqual(facts[name]);
        }
        expect(fields.every(({ field }) => named.has(field))).toBe(true);
        expect(applyChanges(after, changes, "City Council").fields).toEqual([]);
      }),
    );
  });
});

describe("what is refused", () => {
  test.each<[string, unknown, string]>([
    ["a day that is in no calendar", { date: "2026-02-30" }, "day in the calendar"],
    ["a date in another order", { date: "03/02/2026" }, "such as 2026-03-02"],
    ["a date long ago", { date: "0026-03-02" }, "day in the calendar"],
    ["an empty title", { title: "   " }, "a title is one line"],
    ["a title of two lines", { title: "a\nb" }, "a title is one line"],
    ["a title that never ends", { title: "x".repeat(201) }, "at most 200 characters"],
    ["an empty tag", { tags: ["a", " "] }, "at most 30 tags"],
    ["tags without number", { tags: Array.from({ length: 31 }, (_, at) => `t${at}`) }, "at most 30 tags"],
    ["a field that there is none of", { author: "x" }, 'a meeting has no "author"'],
    ["no object", "title", "no facts are named"],
  ])("%s", (_name, input, cause) => {
    const error = { code: "meeting.invalid", message: expect.stringContaining(cause) };
    expect(() => parseFactChanges(input)).toThrow(expect.objectContaining(error));
  });
});
