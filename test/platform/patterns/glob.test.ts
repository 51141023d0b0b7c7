/** Globs against picomatch, whose rules they follow, and against what its engine cannot do: end in time. */
import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, test } from "vitest";
import { compileGlob } from "../../../electron/platform/patterns/glob.ts";

const segment = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({ unit: fc.constantFrom("a", "B", "1", "-", " ", "_"), minLength: 1, maxLength: 4 }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("*", "a*", "*.mp4", "?", "a?b", "*a*", ".*", "[ab]", "{a,b1}", "*.{mp4,mov}"),
  },
  { weight: 1, arbitrary: fc.constant("**") },
);
const glob = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
const name = fc.string({
  unit: fc.constantFrom("a", "b", "B", "1", ".", "-", " ", "_", "mp4", "mov"),
  minLength: 1,
  maxLength: 6,
});
const path = fc
  .array(name, { minLength: 1, maxLength: 4 })
  .filter((names) => names.every((each) => each !== "." && each !== ".."))
  .map((names) => names.join("/"));

describe("globs", () => {
  test("match what picomatch matches", () => {
    fc.assert(
      fc.property(glob, path, (pattern, text) => {
        const expected = picomatch.isMatch(text, pattern, { nocase: true, dot: true });
        expect([pattern, text, compileGlob(pattern)(text)]).toEqual([pattern, text, expected]);
      }),
      { numRuns: 5_000 },
    );
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ["**/*.{mp4,mov}", ["a.mp4", "x/y/Ä b.MOV"], ["a.mp4.part", "a.txt"]],
    ["council/**", ["council", "Council/2026/a.mp4"], ["councils/a.mp4"]],
    ["**/.*/**", [".git/a", "x/.trash/y/z"], ["a/b.c", "x/.trash"]],
    ["meeting {1..3}.mp4", ["meeting 2.mp4"], ["meeting 4.mp4"]],
    ["a [live] \\[1\\].mp4", ["a l [1].mp4"], ["a x [1].mp4"]],
    ["[!a-c]*", ["dx"], ["ax", "/"]],
    ["./2026/*", ["2026/a"], ["2025/a"]],
    ["🎥*.mp4", ["🎥 live.mp4"], ["live.mp4"]],
    ["{a,{b,c}}.mp4", ["c.mp4"], ["d.mp4"]],
    ["100%(1).mp4", ["100%(1).mp4"], []],
    ["{a", ["{a"], ["a"]],
  ])("%s", (pattern, yes, no) => {
    const isMatch = compileGlob(pattern);
    for (const each of yes) expect([each, isMatch(each)]).toEqual([each, true]);
    for (const each of no) expect([each, isMatch(each)]).toEqual([each, false]);
  });

  test.each(["!(a)", "*.@(mp4)", "!a", "{1..100000}", "{".repeat(30), "a".repeat(3_000)])(
    "%.20s is refused in words",
    (pattern) => {
      expect(() => compileGlob(pattern)).toThrow(expect.objectContaining({ code: "pattern.invalid" }));
    },
  );

  test("patterns that others search for ever are answered", () => {
    const text = "a".repeat(4_000);
    for (const pattern of [`${"*a".repeat(40)}*b`, `${"**/".repeat(20)}b`, `{${"a*,".repeat(30)}b}`]) {
      expect(compileGlob(pattern)(text)).toBe(pattern.startsWith("{"));
    }
  });

  test("no text makes them fail otherwise than with words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.string(), (pattern, text) => {
        try {
          compileGlob(pattern)(text);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: "pattern.invalid" });
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
