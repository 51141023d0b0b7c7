import { expect, test } from "vitest";
import { listSpokenNames } from "../../../electron/speech/vocabulary/spoken-names.ts";

test("a person is known by the whole name and by its parts, anything else as a whole", () => {
  expect(
    listSpokenNames([
      { term: "Margaret Delacroix", kind: "person" },
      { term: "Elm Street", kind: "place" },
      { term: "Councilmember", kind: "title" },
      { term: "Li Wu", kind: "person" },
      { term: "Okafor", kind: "other" },
    ]),
  ).toEqual(["Margaret Delacroix", "Margaret", "Delacroix", "Elm Street", "Li Wu", "Okafor"]);
});

test("a name that is listed twice, or is part of another one, comes once", () => {
  expect(
    listSpokenNames([
      { term: "Ana O'Brien", kind: "person" },
      { term: "O'Brien", kind: "person" },
    ]),
  ).toEqual(["Ana O'Brien", "O'Brien"]);
});
