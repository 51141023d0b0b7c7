/** English-only models say so, whatever their precision. */
import { expect, test } from "vitest";
import { officialModels } from "../../../electron/speech/models/official-models.ts";

const english = officialModels.filter(({ name, kind }) => kind === "speech" && /\.en(-|$)/.test(name));

test("there are English-only models in several precisions", () => {
  expect(english.filter(({ name }) => name.includes("-q")).length).toBeGreaterThan(3);
});

test.each(english.map((model) => [model.name, model] as const))("%s knows English", (_, model) => {
  expect([model.languages, model.multilingual]).toEqual(["English", false]);
});
