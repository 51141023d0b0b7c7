import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isControl } from "../../../electron/captions/cea608/codes.ts";
import { FieldDecoder } from "../../../electron/captions/cea608/decoder/field.ts";
import { keepAlive } from "../../../electron/captions/cea608/keep-alive.ts";
import type { Transmission } from "../../../electron/captions/cea608/schedule/frame-timeline.ts";
import { checkSccFile } from "../../../electron/captions/quality/scc/file-checks.ts";
import { decodeScc } from "../../../electron/captions/scc/decode.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import { captionModes } from "../../../electron/captions/scc/mode.ts";
import { frameRates, frameToMs, ntsc } from "../../../electron/captions/time/frame-rate.ts";
import { timecodeToFrame } from "../../../electron/captions/time/timecode.ts";
import { cue } from "../../support/captions/cues.ts";
import { decodeWithHls } from "../../support/captions/hls-decoder.ts";
import { cueList } from "../arbitraries.ts";

const transmissionsIn = (text: string): readonly Transmission[] =>
  parseScc(text).lines.map(({ timecode, words }) => ({ frame: timecodeToFrame(timecode), words }));

/** Lines with the words of no caption: one code and its copy, other than an erase. */
const repeats = (text: string): readonly string[] =>
  text
    .split("\r\n")
    .filter((line) => /\t([0-9a-f]{4}) \1$/.test(line) && !line.includes("942c"))
    .map((line) => line.replace(/\t(\S{4}) .*/, " $1"));

/** The longest time without a word while something is on the screen, in frames. */
function findLongestSilence(transmissions: readonly Transmission[]): number {
  const decoder = new FieldDecoder();
  let longest = 0;
  transmissions.forEach(({ frame, words }, index) => {
    for (const word of words) decoder.feed(word);
    const next = transmissions[index + 1];
    if (next !== undefined && decoder.screen(1).rows().length > 0) {
      longest = Math.max(longest, next.frame - frame - words.length);
    }
  });
  return longest;
}

const long = [cue(5_000, 67_000, "A moment of silence."), cue(70_000, 72_000, "Thank you.")];

describe("a caption that stays for a minute", () => {
  test.each([
    ["pop-on", "9420"],
    ["roll-up-2", "9425"],
    ["roll-up-3", "9426"],
    ["roll-up-4", "94a7"],
    ["paint-on", "9429"],
  ] as const)(
    "%s: the code of its mode is sent again four times, and no decoder shows a change",
    async (mode, code) => {
      const { text, notes } = encodeScc(long, { mode });
      const sent = repeats(text);
      expect(sent).toHaveLength(4);
      expect(sent.every((line) => line.endsWith(code))).toBe(true);
      expect(notes).toEqual([]);
      const file = parseScc(text);
      expect(checkSccFile(file)).toEqual([]);
      expect(decodeScc(file).map(({ rows }) => rows.at(-1)?.text)).toEqual(["A moment of silence.", "Thank you."]);
      expect(decodeScc(file)[0]?.endFrame).toBe(2_008);
      const theirs = await decodeWithHls(file);
      // hls.js gives a cue for every change of the screen, so that more than before would be one.
      const lines = text.split("\r\n\r\n").filter((line) => !sent.some((one) => line.startsWith(one.slice(0, 11))));
      expect(theirs).toEqual(await decodeWithHls(parseScc(lines.join("\r\n\r\n"))));
    },
  );

  test("is kept on another channel as well", () => {
    expect(encodeScc(long, { channel: 3 }).text.match(/\t1520 1520\r/g)).toHaveLength(4);
  });
});

test("an empty screen needs no data, however long it stays empty", () => {
  expect(repeats(encodeScc([cue(5_000, 7_000, "One."), cue(300_000, 302_000, "Two.")]).text)).toEqual([]);
});

test("any captions: at most 15 seconds without a word, every screen as before, and codes only between captions", () => {
  fc.assert(
    fc.property(
      cueList(6),
      fc.constantFrom(...captionModes),
      fc.integer({ min: 1, max: 40 }),
      (cues, mode, stretch) => {
        const slow = cues.map(({ startMs, endMs, lines }) => ({
          startMs: startMs * stretch,
          endMs: endMs * stretch,
          lines,
        }));
        const kept = transmissionsIn(encodeScc(slow, { mode }).text);
        expect(findLongestSilence(kept)).toBeLessThanOrEqual(451);
        // Without what was put in, everything is as it was: nothing else is moved.
        const bare = kept.filter(({ words }) => words.length !== 2 || words[0] === 0x142c || !isControl(words[0] ?? 0));
        expect(keepAlive(bare, ntsc)).toEqual(kept);
        expect(screensOf(kept)).toEqual(screensOf(bare));
      },
    ),
    { numRuns: 300 },
  );
});

function screensOf(transmissions: readonly Transmission[]): readonly string[] {
  const decoder = new FieldDecoder();
  const seen: string[] = [];
  for (const { frame, words } of transmissions) {
    words.forEach((word, index) => {
      decoder.feed(word);
      const screen = JSON.stringify(decoder.screen(1).rows());
      if (screen !== seen.at(-1)?.replace(/^\d+ /, "")) seen.push(`${frame + index} ${screen}`);
    });
  }
  return seen;
}

test.each(Object.entries(frameRates))("at %s frames a second it is 15 seconds as well", (_name, rate) => {
  const shown: readonly Transmission[] = [
    { frame: 10, words: [0x1420, 0x1420, 0x1470, 0x1470, 0x4869, 0x142f, 0x142f] },
    { frame: 4_000, words: [0x142c, 0x142c] },
  ];
  const [, again] = keepAlive(shown, rate);
  expect(Math.round(frameToMs((again?.frame ?? 0) - 17, rate) / 100)).toBe(150);
});
