import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { characterCode } from "../../../electron/captions/cea608/characters.ts";
import {
  colors,
  midRowCode,
  preambleAddress,
  styledPreambleAddress,
  tabOffset,
} from "../../../electron/captions/cea608/codes.ts";
import { midRowCodes } from "../../../electron/captions/cea608/row-cells.ts";
import {
  type CharacterStyle,
  compactStyle,
  isSameStyle,
  toCueStyles,
  toLineStyle,
} from "../../../electron/captions/character-style.ts";
import { type Cue, type LinePlace, type LineStyle, textColors } from "../../../electron/captions/cue.ts";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { encoderIssue } from "../../../electron/captions/quality/encoder-issues.ts";
import { checkSccFile } from "../../../electron/captions/quality/scc/file-checks.ts";
import { type DecodedCaption, decodeScc, toCues } from "../../../electron/captions/scc/decode.ts";
import { type EncodeOptions, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { formatScc, parseScc } from "../../../electron/captions/scc/file.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import { cue } from "../../support/captions/cues.ts";
import { decodeWithHls } from "../../support/captions/hls-decoder.ts";

const decode = (text: string, channel: 1 | 2 | 3 | 4 = 1): readonly DecodedCaption[] =>
  decodeScc(parseScc(text), { channel });
const screens = (captions: readonly DecodedCaption[]) =>
  captions.map(({ rows }) => rows.map(({ row, column, text }) => `${row},${column}:${text}`));

const style: fc.Arbitrary<CharacterStyle> = fc
  .record({
    italic: fc.boolean(),
    underline: fc.boolean(),
    color: fc.option(fc.constantFrom(...textColors), { nil: undefined }),
  })
  .map(({ color, ...rest }) => compactStyle({ ...rest, ...(color === undefined ? {} : { color }) }));

const word = fc
  .array(fc.constantFrom(..."abcXYZ.,?'0é♪Ü"), { minLength: 1, maxLength: 6 })
  .map((characters) => characters.join(""));

interface StyledLine {
  readonly text: string;
  readonly style: LineStyle;
  readonly first: CharacterStyle;
}

/** Words in styles, with the blanks between them that the codes of another style need. */
const styledLine: fc.Arbitrary<StyledLine> = fc
  .array(fc.record({ text: word, style, blanks: fc.integer({ min: 1, max: 2 }) }), { minLength: 1, maxLength: 4 })
  .map((words) => {
    let text = "";
    const styles: CharacterStyle[] = [];
    let last: CharacterStyle = {};
    words.forEach((one, index) => {
      const needed = midRowCodes(last, one.style).length;
      const before = index === 0 ? "" : " ".repeat(Math.max(one.blanks, needed));
      if (text.length + before.length + one.text.length > 30) return;
      text += before + one.text;
      styles.push(...[...before, ...one.text].map(() => one.style));
      last = one.style;
    });
    return { text, style: toLineStyle(text, styles), first: words[0]?.style ?? {} };
  });

/** A caption anywhere on the screen, in any style that CEA-608 can show there. */
const placedCaption: fc.Arbitrary<Pick<Cue, "lines" | "styles" | "places">> = fc
  .record({
    rows: fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { minLength: 1, maxLength: 4 }),
    lines: fc.array(fc.record({ line: styledLine, column: fc.nat(31) }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ rows, lines }) => {
    const shown = rows
      .toSorted((a, b) => a - b)
      .map((row, index) => ({ row, ...(lines[index] as (typeof lines)[number]) }));
    const places = shown.map(({ row, line, column }): LinePlace => {
      const fewest = line.first.italic && line.first.color !== undefined ? 1 : 0;
      return { row, column: 1 + Math.max(fewest, Math.min(column, 31 - line.text.length)) };
    });
    return { lines: shown.map(({ line }) => line.text), ...toCueStyles(shown.map(({ line }) => line.style)), places };
  });

const inTime = (captions: readonly Pick<Cue, "lines">[]): readonly Cue[] =>
  captions.map((caption, index) => ({ ...caption, startMs: 5_005 * (index + 1), endMs: 5_005 * (index + 1) + 3_003 }));

describe("any screen", () => {
  test("is read back with its rows, columns, text and styles, from every channel", () => {
    fc.assert(
      fc.property(
        fc.array(placedCaption, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(1, 2, 3, 4),
        (captions, channel) => {
          const cues = inTime(captions);
          const { text, notes } = encodeScc(cues, { channel });
          expect(notes).toEqual([]);
          const seen = decode(text, channel);
          expect(screens(seen)).toEqual(
            cues.map(({ lines, places }) =>
              lines.map((line, i) => `${places?.[i]?.row},${(places?.[i]?.column ?? 0) - 1}:${line}`),
            ),
          );
          const back = toCues(seen);
          expect(back.map(({ styles }) => styles)).toEqual(cues.map(({ styles }) => styles));
          expect(checkSccFile(parseScc(text)).filter(({ severity }) => severity === "error")).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("is on the same rows in the decoder of hls.js, which gives a column away for each code before the text", async () => {
    await fc.assert(
      fc.asyncProperty(placedCaption, async (caption) => {
        const { text } = encodeScc(inTime([caption]));
        const [ours] = decode(text);
        const [theirs] = await decodeWithHls(parseScc(text));
        expect(theirs?.rows.map(({ row }) => row)).toEqual(ours?.rows.map(({ row }) => row));
        ours?.rows.forEach(({ column, text: shown, spans }, index) => {
          const at = theirs?.rows[index];
          expect(column - (at?.column ?? 99)).toBeGreaterThanOrEqual(0);
          expect(column - (at?.column ?? 99)).toBeLessThanOrEqual(2);
          const letters = (line = ""): string => line.replace(/\s/g, "").replaceAll("’", "'");
          expect(letters(at?.text)).toBe(letters(shown));
          if (spans === undefined) expect(at?.column).toBe(column);
        });
      }),
      { numRuns: 200 },
    );
  });
});

/** Words that write at most three columns, as any program might send them. */
const anyCode: fc.Arbitrary<readonly number[]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 0x20, max: 0x7e }), fc.integer({ min: 0x20, max: 0x7e }))
      .map(([a, b]) => [(a << 8) | b]),
  },
  fc
    .tuple(fc.constantFrom(...colors), fc.boolean(), fc.boolean())
    .map(([color, italic, underline]) => twice(midRowCode({ color, italic, underline }))),
  fc.integer({ min: 1, max: 3 }).map((columns) => twice(tabOffset(columns))),
  fc.integer({ min: 0x1130, max: 0x113f }).map(twice),
  // Quotes and dashes are written with plain characters again, so that their number may change: they are left out.
  fc
    .constantFrom(..."ÁÜüß*_{}|¥ø┌")
    .map((character) => [0x4100, ...twice((characterCode(character) as { word: number }).word)]),
  fc.integer({ min: 0x1020, max: 0x102f }).map(twice),
  fc.integer({ min: 0x172d, max: 0x172f }).map(twice),
);

const anyAddress: fc.Arbitrary<(row: number) => number> = fc.oneof(
  fc.tuple(fc.nat(2), fc.boolean()).map(
    ([indent, underline]) =>
      (row: number) =>
        preambleAddress(row, indent * 4, underline),
  ),
  fc
    .record({ color: fc.constantFrom(...colors), italic: fc.boolean(), underline: fc.boolean() })
    .map((codeStyle) => (row: number) => styledPreambleAddress(row, codeStyle)),
);

/** A row: an address and codes after it, which do not reach its end. */
const anyRow = fc.record({ address: anyAddress, codes: fc.array(anyCode, { maxLength: 7 }) });

/** Rows one below the other, which skip some rows of the screen. */
const anyRows = (maxLength: number) =>
  fc.array(fc.record({ row: anyRow, skip: fc.nat(3) }), { minLength: 1, maxLength }).map((rows) => {
    let at = 0;
    return rows.flatMap(({ row: { address, codes }, skip }) => {
      at += 1 + skip;
      return [...twice(address(at)), ...codes.flat()];
    });
  });

function twice(word: number): number[] {
  return [word, word];
}

type Opening = readonly [before: readonly number[], after: readonly number[]];
const popOn: Opening = [
  [0x1420, 0x1420, 0x142e, 0x142e],
  [0x142f, 0x142f],
];
const paintOn: Opening = [[0x142c, 0x142c, 0x1429, 0x1429], []];
const rollUp: Opening = [[0x1426, 0x1426, 0x142d, 0x142d], []];

/** A file of captions far enough from one another to be loaded. */
const anyFile = ([before, after]: Opening, maxRows: number): fc.Arbitrary<string> =>
  fc.array(anyRows(maxRows), { minLength: 1, maxLength: 5 }).map((captions) =>
    formatScc(
      captions.flatMap((words, index) => [
        { frame: 300 * (index + 1), words: [...before, ...words, ...after] },
        { frame: 300 * (index + 1) + 240, words: [0x142c, 0x142c] },
      ]),
    ),
  );

describe("a file that is read and written again", () => {
  test.each([
    ["pop-on", "pop-on", popOn],
    ["paint-on", "paint-on", paintOn],
    ["roll-up", "roll-up-3", rollUp],
  ] as const)(
    "%s: keeps every row, column, letter and style, whatever codes it was made of",
    (_name, mode, opening) => {
      fc.assert(
        fc.property(anyFile(opening, mode === "roll-up-3" ? 1 : 3), (text) => {
          const before = toCues(decode(text));
          const { text: again, notes } = encodeScc(before, { mode });
          if (notes.some(({ kind }) => kind === "lost-style" || kind === "re-cut")) expect.fail(JSON.stringify(notes));
          const after = toCues(decode(again));
          const looks = (cues: readonly Cue[]) => cues.map(({ startMs: _s, endMs: _e, ...look }) => look);
          expect(looks(after)).toEqual(looks(before));
        }),
        { numRuns: 1_000 },
      );
    },
  );
});

describe("an ordinary caption", () => {
  const options: Partial<EncodeOptions> = {};
  test.each<[string, Partial<Cue>]>([
    ["at the bottom", {}],
    ["at the top", { edge: "top" }],
    ["in the middle", { edge: "middle" }],
    ["at the left", { align: "left" }],
    ["at the right", { align: "right" }],
    ["at the top right in italics", { edge: "top", align: "right", styles: [{ italic: true }, { italic: true }] }],
  ])("%s has no places: it is free to be edited", (_name, look) => {
    const written: Cue = { ...cue(5_005, 8_008, "Council member Anderson", "moves to approve."), ...look };
    expect(toCues(decode(encodeScc([written], options).text))).toEqual([written]);
  });
});

describe("italics", () => {
  const italic = (...lines: readonly string[]): Cue => ({
    ...cue(5_000, 8_000, ...lines),
    styles: lines.map(() => ({ italic: true })),
  });

  test("are centered: an indent, a tab offset, and a mid-row code in the column before the text", async () => {
    const { text } = encodeScc([italic("(music)")]);
    const file = parseScc(text);
    // 7 of 32 columns begin in column 12: indent 8, three columns, 91AE in column 11.
    expect(text).toContain("94f4 94f4 9723 9723 91ae 91ae a86d");
    expect(decode(text)[0]?.rows).toEqual([
      { row: 15, column: 12, text: "(music)", spans: [{ column: 12, text: "(music)", italic: true }] },
    ]);
    expect((await decodeWithHls(file))[0]?.rows[0]).toMatchObject({ row: 15, text: "(music)" });
    expect(checkSccFile(file)).toEqual([]);
  });

  test("that fill the row begin in the first column, by the address code", () => {
    const [caption] = decode(encodeScc([italic("x".repeat(32))]).text);
    expect(caption?.rows).toMatchObject([{ column: 0, spans: [{ italic: true }] }]);
  });

  test("inside a line take the place of the space before them", () => {
    const written: Cue = {
      ...cue(5_005, 8_008, "In Roe v. Wade, it held"),
      styles: [{ parts: [{ from: 3, to: 15, italic: true }] }],
    };
    expect(toCues(decode(encodeScc([written]).text))).toEqual([written]);
  });

  test.each<[string, LineStyle, LineStyle | undefined]>([
    ["unbelievable", { parts: [{ from: 2, to: 9, italic: true }] }, undefined],
    [
      "a green word",
      { italic: true, parts: [{ from: 2, to: 7, color: "green", italic: true }] },
      { italic: true, parts: [{ from: 2, to: 7, color: "green", italic: true }] },
    ],
  ])("%s: what has no room for its code is told, and no letter moves", (line, lineStyle, _seen) => {
    const { text, notes } = encodeScc([{ ...cue(5_000, 8_000, line), styles: [lineStyle] }]);
    expect(decode(text)[0]?.rows[0]?.text).toBe(line);
    expect(notes.map((note) => encoderIssue(note)?.rule)).toEqual(["left-out"]);
  });

  test("punctuation at a word is written as the word is, and that is not worth a note", () => {
    const written: Cue = {
      ...cue(5_000, 8_000, "read (Roe v. Wade), and"),
      styles: [{ parts: [{ from: 6, to: 17, italic: true }] }],
    };
    const { text, notes } = encodeScc([written]);
    expect(notes).toEqual([]);
    expect(toCues(decode(text))[0]?.styles).toEqual([{ parts: [{ from: 5, to: 19, italic: true }] }]);
  });
});

describe("places that do not fit", () => {
  const placed = (lines: readonly string[], ...places: readonly LinePlace[]): Cue => ({
    ...cue(5_000, 9_000, ...lines),
    places,
  });

  test("a line that is too long for its column begins further left", () => {
    const [caption] = decode(encodeScc([placed(["x".repeat(20)], { row: 12, column: 25 })]).text);
    expect(caption?.rows).toEqual([{ row: 12, column: 12, text: "x".repeat(20) }]);
  });

  test.each([
    [
      "two lines on one row",
      [
        { row: 9, column: 3 },
        { row: 9, column: 3 },
      ],
    ],
    ["a place for one line alone", [{ row: 9, column: 3 }]],
    [
      "from bottom to top",
      [
        { row: 9, column: 3 },
        { row: 8, column: 3 },
      ],
    ],
  ])("%s: the lines are stacked at the bottom", (_name, places) => {
    const [caption] = decode(encodeScc([placed(["first", "second"], ...places)]).text);
    expect(caption?.rows.map(({ row, text }) => `${row}: ${text}`)).toEqual(["14: first", "15: second"]);
  });

  test("more than four rows stay where they are", () => {
    const rows = [2, 4, 6, 8, 10, 12];
    const written = placed(
      rows.map((row) => `row ${row}`),
      ...rows.map((row) => ({ row, column: 4 })),
    );
    const { text, notes } = encodeScc([written]);
    expect(notes).toEqual([]);
    expect(decode(text)[0]?.rows.map(({ row, column }) => [row, column])).toEqual(rows.map((row) => [row, 3]));
  });
});

test("a place is honored in every mode as far as the mode allows", () => {
  const written: Cue = { ...cue(5_000, 8_000, "Up here."), places: [{ row: 6, column: 11 }] };
  for (const mode of captionModes) {
    const [caption] = decode(encodeScc([written], { mode }).text);
    expect(caption?.rows, mode).toEqual([{ row: 6, column: 10, text: "Up here." }]);
  }
});

describe("background codes", () => {
  const scc = (words: string): string => `Scenarist_SCC V1.0\n\n00:00:19;01\t${words}\n\n00:00:25;01\t942c 942c\n`;

  test("after an address there is nothing to back up over: no letter is lost", () => {
    const { cues, issues } = readCaptions(
      scc(
        "9420 9420 94ae 94ae 9470 9470 10ae 10ae f468 e9f2 f479 20f4 f7ef 20e3 efec 756d 6e73 2061 f2e5 20e9 6e20 7573 e520 ef6b 942f 942f",
      ),
    );
    expect(cues[0]?.lines).toEqual(["thirty two columns are in use ok"]);
    expect(issues).toEqual([]);
  });

  test("inside a row they take the place of the space before them", () => {
    // "a " + blue background + "b"
    const [caption] = decode(scc("9420 9420 94ae 94ae 9470 9470 6120 1025 1025 6280 942f 942f"));
    expect(caption?.rows[0]).toMatchObject({ column: 0, text: "a b" });
  });

  test("black text and a transparent background at the start of a row move nothing either", () => {
    for (const code of ["97ad", "97ae", "972f"]) {
      const [caption] = decode(scc(`9420 9420 94ae 94ae 9470 9470 ${code} ${code} c8e9 942f 942f`));
      expect(caption?.rows[0]).toMatchObject({ column: 0, text: "Hi" });
    }
  });
});

test("styles of characters and of lines are the same thing said in two ways", () => {
  fc.assert(
    fc.property(styledLine, ({ text, style: lineStyle }) => {
      expect(
        lineStyle.parts?.every(({ from, to }) => from < to && text.slice(from, to).trim() === text.slice(from, to)) ??
          true,
      ).toBe(true);
      expect(lineStyle.parts?.some((part) => isSameStyle(part, lineStyle)) ?? false).toBe(false);
    }),
  );
});
