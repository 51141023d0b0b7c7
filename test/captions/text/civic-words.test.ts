import { readFileSync } from "node:fs";

import { join } from "node:path";
import { createHunspellFromStrings } from "hunspell-wasm";
import { expect, test } from "vitest";
import { isCivicWord } from "../../../electron/captions/text/civic-words.ts";
import { projectRoot } from "../../support/paths.ts";

test.each(["councilmember", "councilmembers", "councilmember's", "alderpersons'", "stormwater", "upzoning", "rfp"])(
  "%s is a word of local government",
  (word) => {
    expect(isCivicWord(word)).toBe(true);
  },
);

test.each(["counsilmember", "okafor", "councilmembr", "", "'s", "arch effort"])("%j is none", (word) => {
  expect(isCivicWord(word)).toBe(false);
});

test("the shipped dictionary lacks the words that nobody would look for in it", async () => {
  const folder = join(projectRoot, "node_modules/dictionary-en");
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const checker = await createHunspellFromStrings(read("index.aff"), read("index.dic"));
  for (const word of ["councilmember", "boardmember", "stormwater", "rulemaking"]) {
    expect(checker.testSpelling(word), word).toBe(false);
    expect(isCivicWord(word), word).toBe(true);
  }
});
