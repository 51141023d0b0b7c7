/** When letters are text and not commands. */
import { expect, test } from "vitest";
import { TypingDetector } from "../../../../renderer/editor/keys/typing-detector.ts";

type Press = readonly [keys: string, ms: number, isRepeat?: boolean];

/** The numbers of the presses at which typing is noticed, and of those at which it began. */
function notice(presses: readonly Press[]): readonly string[] {
  const detector = new TypingDetector<number>();
  return presses.flatMap(([keys, ms, isRepeat = false], place) => {
    const began = detector.take({ keys, ms, isRepeat, place });
    return began === undefined ? [] : [`${place} from ${began}`];
  });
}
const letters = (text: string, everyMs: number): readonly Press[] =>
  [...text.toUpperCase()].map((letter, index) => [letter === " " ? "Space" : `Key${letter}`, index * everyMs]);

test.each<[string, readonly Press[], readonly string[]]>([
  ["a word typed fast", letters("lake", 90), ["3 from 0"]],
  ["a word with equal letters", letters("letters", 60), ["5 from 0"]],
  [
    "a year typed fast",
    [
      ["Digit2", 0],
      ["Digit0", 80],
      ["Digit1", 160],
      ["Digit6", 240],
    ],
    ["3 from 0"],
  ],
  [
    "speakers named and captions accepted, faster than anybody can",
    ["1", "A", "2", "A", "3", "A", "5", "A"].map(
      (key, at): Press => [/\d/.test(key) ? `Digit${key}` : `Key${key}`, at * 50],
    ),
    [],
  ],
  [
    "a number before a word",
    [["Digit5", 0], ["Space", 60], ...letters("memb", 70).map(([keys, ms]): Press => [keys, ms + 120])],
    ["5 from 0"],
  ],
  ["words across a blank", letters("us on", 90), ["4 from 0"]],
  [
    "a capital first",
    [
      ["Shift+KeyU", 0],
      ["KeyS", 90],
      ["KeyO", 180],
      ["KeyN", 270],
    ],
    ["3 from 0"],
  ],
  [
    "commands before it do not count",
    [
      ["KeyA", 0],
      ["KeyA", 900],
      ["KeyN", 1_900],
      ...letters("lake", 50).map(([keys, ms]): Press => [keys, ms + 2_500]),
    ],
    ["6 from 3"],
  ],
  ["a sentence is noticed once a word", letters("council", 90), ["3 from 0"]],
  [
    "a command, and what is typed into the caption that Enter opens while an undo is in flight",
    [["KeyM", 0], ["Enter", 20], ["Home", 40], ...letters("yes madam", 20).map(([keys, ms]): Press => [keys, ms + 60])],
    [],
  ],
  [
    "commands with arrows in between",
    [
      ["KeyT", 0],
      ["KeyM", 50],
      ["ArrowDown", 100],
      ["KeyA", 150],
      ["KeyN", 200],
    ],
    [],
  ],
  ["four letters at leisure", letters("lake", 150), []],
  ["the same command many times", letters("aaaaaaaa", 30), []],
  ["two commands in turn", letters("nananana", 40), []],
  ["three commands", letters("nsanns", 60), []],
  [
    "a key held down",
    [
      ["KeyA", 0],
      ["KeyB", 10, true],
      ["KeyC", 20, true],
      ["KeyD", 30, true],
      ["KeyE", 40, true],
    ],
    [],
  ],
  [
    "chords",
    [
      ["Mod+KeyA", 0],
      ["Mod+KeyB", 10],
      ["Alt+KeyC", 20],
      ["Mod+KeyD", 30],
      ["KeyE", 40],
    ],
    [],
  ],
  [
    "arrows and digits",
    [
      ["ArrowDown", 0],
      ["Digit1", 10],
      ["ArrowUp", 20],
      ["Digit2", 30],
      ["KeyA", 40],
    ],
    [],
  ],
])("%s", (_, presses, expected) => {
  expect(notice(presses)).toEqual(expected);
});
