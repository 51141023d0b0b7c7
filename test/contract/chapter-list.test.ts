/** Chapters as text. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatChapterList, parseChapterList } from "../../electron/contract/chapter-list.ts";

test.each<[string, string, number]>([
  ["0:12:30 Public hearing", "Public hearing", 750_000],
  ["12:30 Public hearing", "Public hearing", 750_000],
  ["1:02:03.5 - Vote", "Vote", 3_723_500],
  ["00:00 Opening", "Opening", 0],
  ["90:00 – Late item", "Late item", 5_400_000],
])("%s", (line, title, startMs) => {
  expect(parseChapterList(line)).toEqual({ chapters: [{ title, startMs }], faults: [] });
});

test("lines that are no chapter are named, and the others are taken, in order of time", () => {
  const text = "0:02:00 Second\r\n\r\nOpening\n0:00:05 First\n0:61:00 No\n1:75 No\n0:10:00";
  expect(parseChapterList(text)).toEqual({
    chapters: [
      { title: "First", startMs: 5_000 },
      { title: "Second", startMs: 120_000 },
    ],
    faults: ["Opening", "0:61:00 No", "1:75 No", "0:10:00"],
  });
});

describe("a line that nobody has changed", () => {
  const title = fc.string({ minLength: 1, maxLength: 60 }).filter((each) => /^[^\s\p{Pd}]\S*( \S+)*$/u.test(each));
  const chapters = fc.uniqueArray(fc.record({ title, startMs: fc.integer({ min: 0, max: 40_000_000 }) }), {
    selector: ({ title: text, startMs }) => `${Math.floor(startMs / 1000)} ${text}`,
    maxLength: 20,
  });

  test("keeps its exact time", () => {
    fc.assert(
      fc.property(chapters, (known) => {
        const sorted = known.toSorted((a, b) => a.startMs - b.startMs);
        expect(parseChapterList(formatChapterList(sorted), sorted)).toEqual({ chapters: sorted, faults: [] });
      }),
    );
  });
});
