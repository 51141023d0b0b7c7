import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Comment,
  countOpen,
  listMentions,
  splitMentions,
  takeMention,
  toThreads,
} from "../../../../renderer/editor/comments/threads.ts";

const comment = (id: number, more: Partial<Comment> = {}): Comment => ({
  id,
  parent: null,
  cue: 1,
  atMs: 1_000,
  text: "Is this right?",
  by: "Anna",
  date: "2026-03-02T10:00:00Z",
  resolvedBy: null,
  resolvedDate: null,
  isYours: true,
  ...more,
});

const settled = { resolvedBy: "Ben", resolvedDate: "2026-03-02T11:00:00Z" } as const;

describe("threads", () => {
  test("are open ones by their place, then those that are settled, each with its answers", () => {
    const threads = toThreads([
      comment(1, { atMs: 9_000 }),
      comment(2, settled),
      comment(3, { atMs: 500, cue: 7 }),
      comment(4, { parent: 1, atMs: 9_000 }),
      comment(5, { parent: 2 }),
      comment(6, { parent: 1, atMs: 9_000 }),
    ]);
    expect(threads.map(({ first, answers }) => [first.id, answers.map(({ id }) => id)])).toEqual([
      [3, []],
      [1, [4, 6]],
      [2, [5]],
    ]);
  });

  test("are counted by caption while they are open", () => {
    const all = [comment(1), comment(2), comment(3, { cue: 7 }), comment(4, settled), comment(5, { cue: null })];
    expect([...countOpen(all)]).toEqual([
      [1, 2],
      [7, 1],
    ]);
  });
});

const people = ["Anna", "Anna Berg", "ben.k"];

describe("names after @", () => {
  test.each<[string, readonly string[]]>([
    ["@Anna, look", ["@Anna"]],
    ["ask @anna berg or @BEN.K.", ["@anna berg", "@BEN.K"]],
    ["@Annabel is somebody else", []],
    ["mail anna@ben.k is an address", []],
    ["@", []],
  ])("are found in %s", (text, names) => {
    const parts = splitMentions(text, people);
    expect(parts.filter(({ person }) => person !== undefined).map((part) => part.text)).toEqual(names);
    expect(parts.map((part) => part.text).join("")).toBe(text);
  });

  test("whatever is written, nothing of it is lost", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (text, names) => {
        expect(
          splitMentions(text, names)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });

  test("are offered by their beginning, and taken in its place", () => {
    expect(listMentions("Please ask @an", people)).toEqual(["Anna", "Anna Berg"]);
    expect(listMentions("Please ask @", people)).toEqual(people);
    expect(listMentions("Please ask an", people)).toEqual([]);
    expect(takeMention("Please ask @an", "Anna Berg")).toBe("Please ask @Anna Berg ");
  });
});
