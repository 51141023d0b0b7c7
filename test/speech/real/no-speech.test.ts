/** What is no speech gives no words: silence, noise, hum, music, and what else a chamber sounds like before a meeting. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { recognizeRecording } from "../../support/speech/real/recognize-recording.ts";
import { describeRealSpeech } from "../../support/speech/real/required.ts";
import { makeSoundsWithoutSpeech } from "../../support/speech/real/sounds-without-speech.ts";
import { findRealModel } from "../../support/speech/real/speech-sets.ts";
import { temporaryFolder } from "../../support/temporary.ts";

for (const model of ["base-q8_0", "tiny.en-q8_0"]) {
  describeRealSpeech(model, [], () => {
    test("no word is found in silence, music and noise", async () => {
      const path = join(temporaryFolder(), "no-speech.flac");
      const sounds = makeSoundsWithoutSpeech(path);
      const file = findRealModel(model) as string;
      const { words } = await recognizeRecording({ path, model: file, language: "en" });
      const found = words.map(({ text, startMs }) => {
        const sound = sounds.findLast((each) => each.startMs <= startMs);
        return `${sound?.name}: ${text}`;
      });
      expect(found).toEqual([]);
    });
  });
}
