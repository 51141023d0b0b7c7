/** How the words of overlapping windows are joined: native/whisper-host/src/joints.cpp, through its test program. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../../support/paths.ts";

/** Built with the host. */
const program = join(
  projectRoot,
  "native/out/build/bin",
  process.platform === "win32" ? "word-joints.exe" : "word-joints",
);

interface TimedText {
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface RecognizedWindow {
  readonly startMs: number;
  readonly endMs: number;
  readonly cutMs: number;
  readonly words: readonly TimedText[];
}

/** Joins the windows of each sound. */
function joinAll(sounds: readonly (readonly RecognizedWindow[])[]): readonly (readonly TimedText[])[] {
  const lines = sounds.flatMap((windows) => [
    ...windows.flatMap(({ startMs, endMs, cutMs, words }) => [
      `window ${startMs} ${endMs} ${cutMs}`,
      ...words.map((word) => `word ${word.startMs} ${word.endMs} ${word.text}`),
    ]),
    "end",
  ]);
  const output = execFileSync(program, { input: `${lines.join("\n")}\n`, encoding: "utf8", maxBuffer: 64 * 1024 ** 2 });
  const joined: TimedText[][] = [[]];
  for (const line of output.trimEnd().split("\n")) {
    if (line === "end") joined.push([]);
    else {
      const [start = "", end = "", text = ""] = line.split(" ");
      joined.at(-1)?.push({ text, startMs: Number(start), endMs: Number(end) });
    }
  }
  return joined.slice(0, -1);
}

const texts = (words: readonly TimedText[]): string => words.map(({ text }) => text).join(" ");
const word = (text: string, startMs: number, endMs: number): TimedText => ({ text, startMs, endMs });

describe("two windows that overlap from 8 to 12 seconds", () => {
  const cases: readonly (readonly [
    name: string,
    first: readonly TimedText[],
    second: readonly TimedText[],
    joined: string,
  ])[] = [
    [
      "take a word that both heard once, although its times and its comma differ",
      [word("motion", 7_000, 7_400), word("carries,", 9_900, 10_240)],
      [word("Carries", 10_000, 10_320), word("unanimously", 11_000, 11_900)],
      "motion Carries unanimously|motion carries, unanimously",
    ],
    [
      "drop a word that the first one's end cut in two",
      [word("the", 10_500, 10_700), word("ordi", 11_760, 12_000)],
      [word("the", 10_480, 10_720), word("ordinance", 11_760, 12_400), word("passes", 12_500, 12_900)],
      "the ordinance passes",
    ],
    [
      "drop a word that the second one's beginning cut in two",
      [word("council", 7_700, 8_300), word("member", 8_400, 8_800), word("said", 10_200, 10_500)],
      [word("sell", 8_000, 8_240), word("member", 8_400, 8_800), word("said", 10_160, 10_480)],
      "council member said",
    ],
    [
      "keep what only one heard in the middle",
      [word("aye", 9_600, 9_800)],
      [word("nay", 10_800, 11_000), word("abstain", 12_400, 12_900)],
      "aye nay abstain",
    ],
    [
      "keep three words that are the same",
      [word("no", 9_400, 9_600), word("no", 9_900, 10_100), word("no", 10_400, 10_600)],
      [word("no", 9_440, 9_640), word("no", 9_920, 10_080), word("no", 10_480, 10_640), word("sir", 12_100, 12_500)],
      "no no no sir",
    ],
    [
      "do not say twice what one writes as two words",
      [word("city", 9_600, 9_900), word("wide", 9_900, 10_300), word("ban", 10_700, 11_000)],
      [word("citywide", 9_600, 10_300), word("ban", 10_720, 11_040), word("now", 12_000, 12_400)],
      "city wide ban now|citywide ban now",
    ],
    [
      "take one of two readings of the same sound",
      [word("affect", 9_900, 10_300)],
      [word("effect", 9_920, 10_320)],
      "affect|effect",
    ],
    ["are empty where nobody spoke", [], [], ""],
    ["keep the words of the only one that heard any", [word("hello", 9_000, 9_500)], [], "hello"],
  ];
  test.each(cases)("%s", (_name, first, second, joined) => {
    const [words = []] = joinAll([
      [
        { startMs: 0, endMs: 12_000, cutMs: 10_000, words: first },
        { startMs: 8_000, endMs: 20_000, cutMs: 20_000, words: second },
      ],
    ]);
    expect(joined.split("|")).toContain(texts(words));
  });
});

/** A sound's words and how it was cut; every number from 0 to 1. */
interface Plan {
  readonly lengths: readonly number[];
  readonly pauses: readonly number[];
  readonly repeats: readonly number[];
  readonly cuts: readonly number[];
  readonly chances: readonly number[];
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const plans: fc.Arbitrary<Plan> = fc.record({
  lengths: fc.array(share, { minLength: 300, maxLength: 600 }),
  pauses: fc.array(share, { minLength: 10, maxLength: 50 }),
  repeats: fc.array(share, { minLength: 10, maxLength: 50 }),
  cuts: fc.array(share, { minLength: 1, maxLength: 10 }),
  chances: fc.array(share, { minLength: 50, maxLength: 200 }),
});

/** Words of 160 to 600 ms, most without a pause between, some of them said again, up to three times. */
function say({ lengths, pauses, repeats }: Plan): readonly TimedText[] {
  const words: TimedText[] = [];
  let at = 0;
  let name = 0;
  let times = 0;
  lengths.forEach((length, index) => {
    const pause = pauses[index % pauses.length] ?? 0;
    const startMs = at + (pause > 0.7 ? Math.round((pause - 0.7) * 2_000) : 0);
    const endMs = startMs + 160 + Math.round(length * 440);
    const again = index > 0 && times < 3 && (repeats[index % repeats.length] ?? 0) < 0.15;
    name = again ? name : index;
    times = again ? times + 1 : 1;
    words.push({ text: `w${name}`, startMs, endMs });
    at = endMs;
  });
  return words;
}

/** What windows that are cut anywhere hear: times in steps of 80 ms that are off by one, and nonsense at their ends. */
function hear(said: readonly TimedText[], { cuts, chances }: Plan): readonly RecognizedWindow[] {
  const endMs = said.at(-1)?.endMs ?? 0;
  let draws = 0;
  const chance = (): number => chances[draws++ % chances.length] ?? 0;
  const windows: RecognizedWindow[] = [];
  for (let own = 0; own < endMs; ) {
    const next = own + 22_000 + Math.round((cuts[windows.length % cuts.length] ?? 0) * 12_000);
    const isLast = next + 8_000 > endMs;
    const startMs = Math.max(0, own - 2_000);
    const windowEnd = isLast ? endMs : next + 2_000;
    const words = said.flatMap((each) => {
      if (each.endMs <= startMs || each.startMs >= windowEnd) return [];
      const step = (ms: number): number =>
        Math.min(windowEnd, Math.max(startMs, Math.round((ms + (chance() - 0.5) * 80) / 80) * 80));
      const start = step(each.startMs);
      const heard = { ...each, startMs: start, endMs: Math.max(start + 40, step(each.endMs)) };
      const isCut = each.startMs < startMs || each.endMs > windowEnd;
      // A word that is cut, or next to the cut, may come out wrong or not at all.
      const nearCut =
        (startMs > 0 && each.startMs < startMs + 400) || (windowEnd < endMs && each.endMs > windowEnd - 400);
      if (isCut && chance() < 0.5) return [];
      if (isCut || (nearCut && chance() < 0.5)) return [{ ...heard, text: `part-of-${each.text}` }];
      return [heard];
    });
    windows.push({ startMs, endMs: windowEnd, cutMs: isLast ? endMs : next, words });
    if (isLast) break;
    own = next;
  }
  return windows;
}

test("over 200 plans of windows, no word is said twice and none is lost", () => {
  const drawn = fc.sample(plans, { numRuns: 200, seed: 11 });
  const joined = joinAll(drawn.map((plan) => hear(say(plan), plan)));
  const wrong = drawn.flatMap((plan, index) => {
    const [wanted, got] = [say(plan).map(({ text }) => text), (joined[index] ?? []).map(({ text }) => text)];
    const at = wanted.findIndex((each, place) => each !== got[place]);
    if (at < 0 && wanted.length === got.length) return [];
    return [
      { index, at, wanted: wanted.slice(Math.max(0, at - 3), at + 5), got: got.slice(Math.max(0, at - 3), at + 5) },
    ];
  });
  expect(wrong).toEqual([]);
  expect(drawn.reduce((sum, plan) => sum + hear(say(plan), plan).length - 1, 0)).toBeGreaterThan(400);
  for (const words of joined) {
    words.slice(1).forEach(({ startMs }, index) => {
      expect(startMs).toBeGreaterThanOrEqual(words[index]?.startMs ?? 0);
    });
  }
});
