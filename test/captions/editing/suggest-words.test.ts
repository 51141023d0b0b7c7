/** What is offered in place of a word. */
import { expect, test } from "vitest";
import { alignWords } from "../../../electron/captions/editing/align-words.ts";
import {
  listAlternatives,
  type SuggestionInput,
  suggestWords,
} from "../../../electron/captions/editing/suggest-words.ts";

const nothing: SuggestionInput = { word: "public", isKnown: true, names: [], alternatives: [], neighbors: [] };

test.each<[string, Partial<SuggestionInput>, readonly string[]]>([
  ["a word that is spelled right: none of the dictionary's neighbors", { neighbors: ["pubic", "publics"] }, []],
  ["the same of another", { word: "budget", neighbors: ["budge", "bud get"] }, []],
  ["what the recognizer has", { alternatives: ["republic"], neighbors: ["pubic"] }, ["republic"]],
  [
    "names of the city that are alike",
    { word: "nelson", names: ["Nielsen", "Olson", "Nelsen"] },
    ["Nelsen", "Nielsen", "Olson"],
  ],
  ["the name that it sounds like first", { word: "okay for", nearName: "Okafor", names: [] }, ["Okafor"]],
  [
    "a word that no dictionary has",
    { word: "counsil", isKnown: false, neighbors: ["council", "counsel"] },
    ["council", "counsel"],
  ],
  ["no embarrassing neighbor of it", { word: "publik", isKnown: false, neighbors: ["pubic", "public"] }, ["public"]],
  [
    "each once, and not the word itself",
    { word: "hall", names: ["Hall", "hall"], alternatives: ["Hull", "Hull"] },
    ["Hull"],
  ],
  ["five at most", { word: "x", isKnown: false, neighbors: ["a", "b", "c", "d", "e", "f"] }, ["a", "b", "c", "d", "e"]],
])("%s", (_, input, expected) => {
  expect(suggestWords({ ...nothing, ...input })).toEqual(expected);
});

const heard = "we open the republic, hearing now".split(" ").map((text, index) => ({
  text,
  startMs: 1_000 + index * 500,
  endMs: 1_400 + index * 500,
  probability: 0.9,
}));
const align = (text: string) => alignWords(text.split(" "), { startMs: 1_000, endMs: 4_000 }, heard);

test.each<[string, string, number, readonly string[]]>([
  ["a written word: what was recognized there", "we open the public hearing now", 3, ["republic"]],
  ["several in its place", "we open the pickle now", 3, ["republic, hearing"]],
  ["a recognized word: nothing", "we open the republic, hearing now", 3, []],
  ["a word that nobody said: nothing", "we now open the republic, hearing now", 1, []],
  ["written otherwise only: nothing", "we open the Re-public hearing now", 3, []],
  ["no such word", "we open", 7, []],
])("alternatives of %s", (_, text, index, expected) => {
  expect(listAlternatives(align(text), index, heard)).toEqual(expected);
});
