/** Cues and words as fast-check makes them up. */
import fc from "fast-check";
import { type Cue, type LineStyle, textColors } from "../../electron/captions/cue.ts";
import type { Word } from "../../electron/captions/word.ts";

/** Characters that CEA-608 carries, of all three kinds, and a few that it does not. */
const alphabet = [..."aeiotnshr", ..."AB,.?'\"-", ..."áéñÑç", ..."♪½", ..."ÁÜü*_ß", ..."’…"];

const wordText = fc
  .array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 14 })
  .map((characters) => characters.join(""));

/** Words in time order that do not overlap. */
export const spokenWords = (maxLength: number): fc.Arbitrary<readonly Word[]> =>
  fc
    .array(
      fc.record({
        text: wordText,
        pauseMs: fc.oneof({ weight: 8, arbitrary: fc.nat(150) }, { weight: 1, arbitrary: fc.nat(5_000) }),
        lengthMs: fc.integer({ min: 20, max: 900 }),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { maxLength },
    )
    .map((parts) => {
      let at = 0;
      return parts.map(({ text, pauseMs, lengthMs, probability }) => {
        const startMs = at + pauseMs;
        at = startMs + lengthMs;
        return { text, startMs, endMs: at, probability };
      });
    });

const line = fc
  .array(wordText, { minLength: 1, maxLength: 4 })
  .map((words) => words.join(" ").slice(0, 28).trim())
  .filter((text) => text !== "");

/** Cues in time order, some of them far too close together. */
export const cueList = (maxLength: number): fc.Arbitrary<readonly Cue[]> =>
  fc
    .array(
      fc.record({
        gapMs: fc.oneof(fc.nat(100), fc.nat(4_000)),
        lengthMs: fc.integer({ min: 40, max: 6_000 }),
        lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      }),
      { maxLength },
    )
    .map((parts) => {
      let at = 0;
      return parts.map(({ gapMs, lengthMs, lines }) => {
        const startMs = at + gapMs;
        at = startMs + lengthMs;
        return { startMs, endMs: at, lines };
      });
    });

const looks = fc.record(
  { italic: fc.constant(true), underline: fc.constant(true), color: fc.constantFrom(...textColors) },
  { requiredKeys: [] },
);

/** The style of a line: one for all of it, and for some words of it more than that. */
const lineStyle = (text: string): fc.Arbitrary<LineStyle> =>
  fc.tuple(looks, looks, fc.nat(3), fc.nat(3)).map(([base, more, first, last]) => {
    const words = [...text.matchAll(/\S+/g)].slice(first, last + 1);
    const [from, to] = [words[0]?.index ?? 0, (words.at(-1)?.index ?? 0) + (words.at(-1)?.[0].length ?? 0)];
    const style = { ...base, ...more };
    const isOther =
      JSON.stringify(style) !== JSON.stringify(base) && (base.color === undefined || more.color === undefined);
    if (words.length === 0 || (from === 0 && to === text.length) || !isOther) return base;
    return { ...base, parts: [{ from, to, ...style }] };
  });

const places = fc.record(
  {
    edge: fc.constantFrom("top" as const, "middle" as const),
    align: fc.constantFrom("left" as const, "right" as const),
    speaker: fc.constantFrom("Mayor Peña", "O'Brien & Sons", "x<y"),
  },
  { requiredKeys: [] },
);

/** Cues with looks, places and speakers. */
export const styledCueList = (maxLength: number): fc.Arbitrary<readonly Cue[]> =>
  cueList(maxLength).chain((cues) =>
    fc.tuple(
      ...cues.map((cue) =>
        fc.tuple(places, fc.tuple(...cue.lines.map(lineStyle))).map(([rest, styles]) => ({
          ...cue,
          ...rest,
          ...(styles.some((style) => Object.keys(style).length > 0) ? { styles } : {}),
        })),
      ),
    ),
  );
