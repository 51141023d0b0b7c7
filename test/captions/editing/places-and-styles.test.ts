/** Places and styles of parts of lines, through edits of the text around them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toStyleRuns } from "../../../electron/captions/character-style.ts";
import type { Cue } from "../../../electron/captions/cue.ts";
import { withLines } from "../../../electron/captions/cue-lines.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { inverse, withChange } from "../../../electron/captions/editing/change.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { compareCues } from "../../../electron/captions/editing/compare.ts";
import { createDocument, type EditCue } from "../../../electron/captions/editing/document.ts";

/** The lines with what is italic in asterisks, and what has a color in its name's brackets. */
function draw({ lines, styles }: Pick<Cue, "lines" | "styles">): string {
  return lines
    .map((line, index) =>
      toStyleRuns(line, styles?.[index])
        .map(({ text, style }) => {
          const slanted = style.italic ? `*${text}*` : text;
          return style.color === undefined ? slanted : `<${style.color} ${slanted}>`;
        })
        .join(""),
    )
    .join("|");
}

const part = (text: string, sought: string, style: object = { italic: true }) => {
  const from = text.indexOf(sought);
  return { parts: [{ from, to: from + sought.length, ...style }] };
};

const title = "We watched Citizen Kane";
const styled: Cue = {
  startMs: 1_000,
  endMs: 4_000,
  lines: [title, "and then voted."],
  styles: [part(title, "Citizen Kane"), {}],
};

describe("a part in italics", () => {
  test.each<[string, readonly string[], string]>([
    [
      "follows text that is written before it",
      ["Then we all watched Citizen Kane", "and then voted."],
      "Then we all watched *Citizen Kane*|and then voted.",
    ],
    ["stays where another line changes", [title, "and voted on it."], "We watched *Citizen Kane*|and voted on it."],
    [
      "holds for a word that is corrected in it",
      ["We watched Citizen Cane", "and then voted."],
      "We watched *Citizen Cane*|and then voted.",
    ],
    [
      "holds for a word that is put into it",
      ["We watched Citizen John Kane", "and then voted."],
      "We watched *Citizen John Kane*|and then voted.",
    ],
    [
      "moves to another line with its words",
      ["We watched", "Citizen Kane and", "then voted."],
      "We watched|*Citizen Kane* and|then voted.",
    ],
    [
      "goes over a break",
      ["We watched Citizen", "Kane and then voted."],
      "We watched *Citizen*|*Kane* and then voted.",
    ],
    ["is gone with its words", ["We watched it", "and then voted."], "We watched *it*|and then voted."],
    [
      "does not spread to what follows",
      ["We watched Citizen Kane again", "and then voted."],
      "We watched *Citizen Kane* again|and then voted.",
    ],
  ])("%s", (_name, lines, expected) => {
    expect(draw(withLines(styled, lines))).toBe(expected);
  });

  test("of words is the same for any way to break the same text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (first, second) => {
        const words = styled.lines.join(" ").split(" ");
        const breaks = [0, first, Math.min(7, first + second), words.length];
        const lines = breaks
          .slice(1)
          .map((end, index) => words.slice(breaks[index], end).join(" "))
          .filter((line) => line !== "");
        const again = withLines(withLines(styled, lines), styled.lines);
        expect(again).toEqual(styled);
      }),
    );
  });

  test("an uniform style holds for whatever is written", () => {
    const italic: Cue = { ...styled, styles: [{ italic: true }, { italic: true }] };
    expect(draw(withLines(italic, ["Something else."]))).toBe("*Something else.*");
  });
});

const placed: Cue = {
  startMs: 1_000,
  endMs: 4_000,
  lines: ["- Aye.", "- No, thank you."],
  places: [
    { row: 12, column: 5 },
    { row: 13, column: 20 },
  ],
};

describe("places", () => {
  test("stay while the number of lines does; a line that was in the middle or at the right stays there", () => {
    const cue: Cue = {
      ...placed,
      lines: ["left", "middle", "at the right"],
      places: [
        { row: 3, column: 5 },
        { row: 6, column: 14 },
        { row: 9, column: 21 },
      ],
    };
    expect(withLines(cue, ["further left", "in the middle", "right"]).places).toEqual([
      { row: 3, column: 5 },
      { row: 6, column: 10 },
      { row: 9, column: 28 },
    ]);
  });

  test("stay with the lines that are left, and are gone where lines are cut anew", () => {
    expect(withLines(placed, ["- No, thank you."]).places).toEqual([{ row: 13, column: 20 }]);
    expect(withLines(placed, ["- Aye. No,", "thank", "you."])).not.toHaveProperty("places");
  });

  test("that are not those of the lines are gone", () => {
    expect(withLines({ ...placed, places: [{ row: 12, column: 5 }] }, placed.lines)).not.toHaveProperty("places");
  });
});

const start = createDocument(
  [
    placed,
    { ...placed, startMs: 4_100, endMs: 6_000 },
    { ...styled, startMs: 7_000, endMs: 9_000 },
    {
      startMs: 9_100,
      endMs: 11_000,
      lines: ["Below."],
      places: [{ row: 15, column: 2 }],
      styles: [{ color: "green" }],
    },
  ],
  [],
);
const edited = (command: Command): readonly EditCue[] => computeChange(start, command).document.cues;

describe("an edit", () => {
  test("of position or alignment takes the place of rows and columns; italics leave them", () => {
    expect(edited({ type: "place", cues: [1], edge: "top" })[0]).not.toHaveProperty("places");
    expect(edited({ type: "place", cues: [1], align: "right" })[0]).toMatchObject({
      align: "right",
      lines: placed.lines,
    });
    expect(edited({ type: "place", cues: [1], align: "right" })[0]).not.toHaveProperty("places");
    expect(edited({ type: "place", cues: [1], italic: true })[0]).toMatchObject({ places: placed.places });
  });

  test("of italics is of the whole caption, and leaves colors", () => {
    expect(draw(edited({ type: "place", cues: [3], italic: true })[2] as Cue)).toBe(`*${title}*|*and then voted.*`);
    expect(edited({ type: "place", cues: [3], italic: false })[2]).not.toHaveProperty("styles");
    expect(draw(edited({ type: "place", cues: [4], italic: true })[3] as Cue)).toBe("<green *Below.*>");
  });

  test("that splits a caption gives each half its own styles", () => {
    const [, , left, right] = edited({ type: "split", cue: 3, offset: 19, atMs: 8_000 });
    expect(draw(left as Cue)).toBe("We watched *Citizen*");
    expect(draw(right as Cue)).toBe("*Kane* and then voted.");
  });

  test("that splits between lines leaves each at its place", () => {
    const [left, right] = edited({ type: "split", cue: 1, offset: 7, atMs: 2_000 });
    expect(left).toMatchObject({ lines: ["- Aye."], places: [{ row: 12, column: 5 }] });
    expect(right).toMatchObject({ lines: ["- No, thank you."], places: [{ row: 13, column: 20 }] });
  });

  test("that merges captions keeps the styles of both", () => {
    const merged = edited({ type: "merge", cue: 3 })[2] as Cue;
    expect(draw(merged)).toBe("We watched *Citizen Kane*|and then voted. <green Below.>");
  });

  test("that merges captions on the same rows leaves no two lines on one row", () => {
    for (const cue of [1, 2, 3]) {
      for (const { places = [], lines } of edited({ type: "merge", cue })) {
        expect(new Set(places.map(({ row }) => row)).size).toBe(places.length);
        if (places.length > 0) expect(places).toHaveLength(lines.length);
      }
    }
  });

  test("that merges a caption with the one below it keeps the rows of both", () => {
    const above: Cue = { startMs: 0, endMs: 1_000, lines: ["- Up."], places: [{ row: 2, column: 3 }], speaker: "A" };
    const below: Cue = {
      startMs: 1_000,
      endMs: 2_000,
      lines: ["- Down."],
      places: [{ row: 14, column: 9 }],
      speaker: "B",
    };
    const { document } = computeChange(createDocument([above, below], []), { type: "merge", cue: 1 });
    expect(document.cues[0]?.places).toEqual([...(above.places ?? []), ...(below.places ?? [])]);
  });

  test("that moves a word to the next caption moves its style", () => {
    const green = createDocument(
      [styled, { startMs: 5_000, endMs: 6_000, lines: ["Aye it is."], styles: [{ color: "green" }] }],
      [],
    );
    const pushed = (command: Command): readonly string[] => computeChange(green, command).document.cues.map(draw);
    expect(pushed({ type: "push", cue: 2, direction: "previous" })).toEqual([
      "We watched *Citizen Kane*|and then voted. <green Aye>",
      "<green it is.>",
    ]);
    expect(pushed({ type: "push", cue: 1, direction: "next" })).toEqual([
      "We watched *Citizen Kane* and then",
      "voted. <green Aye it is.>",
    ]);
  });

  test.each<Command>([
    { type: "merge", cue: 1 },
    { type: "merge", cue: 3 },
    { type: "split", cue: 1, offset: 7, atMs: 2_000 },
    { type: "place", cues: [1, 3], edge: "middle", italic: true },
    { type: "text", cue: 3, lines: ["We watched", "Citizen Kane."] },
    { type: "push", cue: 3, direction: "next" },
  ])("$type is undone to the last place and part, and shows when versions are compared", (command) => {
    const { change, document } = computeChange(start, command);
    expect(withChange(document, inverse(change)).cues).toEqual(start.cues);
    expect(compareCues(start.cues, document.cues)).not.toEqual([]);
  });
});
