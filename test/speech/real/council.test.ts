/** A council meeting of five minutes with eight voices, with and without the city's names. */
import { expect, test } from "vitest";
import { countName, measureRecognition, shareWithin } from "../../support/speech/real/measure-recognition.ts";
import { recognizeOnce } from "../../support/speech/real/recognize-once.ts";
import type { Recognition } from "../../support/speech/real/recognize-recording.ts";
import { findMaxErrors } from "../../support/speech/real/recorded-errors.ts";
import { describeRealSpeech } from "../../support/speech/real/required.ts";
import { councilNames, type SpeechSet } from "../../support/speech/real/speech-sets.ts";

const model = "base-q8_0";

describeRealSpeech(model, ["council-a"], ([council]) => {
  const set = council as SpeechSet;
  let without: Promise<Recognition> | undefined;
  let withNames: Promise<Recognition> | undefined;
  const recognized = {
    "council-a": () => {
      without ??= recognizeOnce(set, { model });
      return without;
    },
    "council-a with names": () => {
      withNames ??= recognizeOnce(set, { model, names: councilNames });
      return withNames;
    },
  };
  const measured = async (name: keyof typeof recognized) =>
    measureRecognition(set, (await recognized[name]()).words, set.language);

  test.each(["council-a", "council-a with names"] as const)(
    "%s: no more words are wrong than recorded",
    async (name) => {
      const { errors } = await measured(name);
      expect(errors.rate).toBeLessThanOrEqual(findMaxErrors(model, name, errors.words) ?? Number.NaN);
    },
  );

  test.each(["council-a", "council-a with names"] as const)(
    "%s: no sentence is gone from a completed result",
    async (name) => {
      const { status } = await recognized[name]();
      const { lost } = await measured(name);
      expect({ status, lost: status === "completed" ? lost : [] }).toEqual({ status, lost: [] });
    },
  );

  test.each(["council-a", "council-a with names"] as const)(
    "%s: turns begin and end where they are said",
    async (name) => {
      const { times } = await measured(name);
      // Of most turns the first and last word have to be there, else the shares below say nothing.
      expect(times.first.length).toBeGreaterThan(set.turns.length * 0.7);
      expect(times.last.length).toBeGreaterThan(set.turns.length * 0.7);
      // Two of the turns begin while another person still speaks.
      expect(shareWithin(times.first, 150)).toBeGreaterThanOrEqual(0.95);
      expect(shareWithin(times.last, 150)).toBeGreaterThanOrEqual(0.9);
    },
  );

  test("names of the glossary come out right", async () => {
    const { text } = await recognized["council-a with names"]();
    const right = (name: string) => countName(text, name);
    expect(right("Okafor")).toBeGreaterThanOrEqual(2);
    expect(right("Delacroix")).toBe(countName(set.text, "Delacroix"));
    expect(right("Nakamura")).toBe(countName(set.text, "Nakamura"));
    for (const name of councilNames) expect(right(name), name).toBeLessThanOrEqual(countName(set.text, name));
  });

  test("a glossary costs no other words", async () => {
    const [names, none] = [await measured("council-a with names"), await measured("council-a")];
    expect(names.errors.rate).toBeLessThanOrEqual(none.errors.rate + 0.002);
  });
});
