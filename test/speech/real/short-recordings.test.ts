/** Short recordings: a committee in Spanish, and people who read aloud and name cards. */
import { describe, expect, test } from "vitest";
import { countName, measureRecognition, shareWithin } from "../../support/speech/real/measure-recognition.ts";
import { recognizeOnce } from "../../support/speech/real/recognize-once.ts";
import type { Recognition } from "../../support/speech/real/recognize-recording.ts";
import { findMaxErrors } from "../../support/speech/real/recorded-errors.ts";
import { describeRealSpeech } from "../../support/speech/real/required.ts";
import type { SpeechSetName } from "../../support/speech/real/speech-sets.ts";
import { unsaidNames } from "../../support/speech/real/unsaid-names.ts";

const cases: readonly (readonly [model: string, sets: readonly SpeechSetName[]])[] = [
  ["base-q8_0", ["comite-c", "reading-human", "cards-human"]],
  ["tiny.en-q8_0", ["reading-human", "cards-human"]],
];

for (const [model, names] of cases) {
  describeRealSpeech(model, names, (sets) => {
    describe.each(sets.map((set) => ({ set, name: set.name })))("$name", ({ set }) => {
      let result: Promise<Recognition> | undefined;
      const recognized = () => {
        result ??= recognizeOnce(set, { model });
        return result;
      };

      test("no more words are wrong than recorded", async () => {
        const { errors } = measureRecognition(set, (await recognized()).words, set.language);
        expect(errors.rate).toBeLessThanOrEqual(findMaxErrors(model, set.name, errors.words) ?? Number.NaN);
      });

      test("nothing that was said is gone, and turns begin where they are said", async () => {
        const { status, words } = await recognized();
        const { lost, times } = measureRecognition(set, words, set.language);
        expect({ status, lost: status === "completed" ? lost : [] }).toEqual({ status, lost: [] });
        expect(times.first.length).toBeGreaterThanOrEqual(Math.floor(set.turns.length * 0.7));
        // One turn of a few may be off.
        const maxOff = (count: number, share: number) => Math.max(1, Math.floor(count * (1 - share)));
        const off = (errors: readonly number[]) => errors.length * (1 - shareWithin(errors, 150));
        expect(off(times.first)).toBeLessThanOrEqual(maxOff(times.first.length, 0.95));
        expect(off(times.last)).toBeLessThanOrEqual(maxOff(times.last.length, 0.9));
      });

      test("none of five hundred names that nobody said appears, and no more words are wrong", async () => {
        expect(new Set(unsaidNames).size).toBe(500);
        const named = await recognizeOnce(set, { model, names: unsaidNames });
        const appearing = unsaidNames.filter((name) => countName(named.text, name) > countName(set.text, name));
        expect(appearing).toEqual([]);
        const { errors } = measureRecognition(set, named.words, set.language);
        expect(errors.rate).toBeLessThanOrEqual(findMaxErrors(model, set.name, errors.words) ?? Number.NaN);
      });
    });
  });
}
