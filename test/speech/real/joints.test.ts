/** Windows of several sizes over the same recording; two hundred plans in `npm run soak -- speech`. */
import { expect, test } from "vitest";
import { describeRealSpeech } from "../../support/speech/real/required.ts";
import { measureJoints } from "../../support/speech/real/window-joints.ts";

const model = "base-q8_0";

describeRealSpeech(model, ["comite-c"], (sets) => {
  test("no word is lost or doubled where two windows meet", async () => {
    const [set] = sets;
    if (set === undefined) throw new Error("the recording is missing");
    const { joints, faults } = await measureJoints(set, model, [6.3, 9.9, 12.4, 17.8, 25.5]);
    expect(joints).toBeGreaterThan(12);
    expect(faults).toEqual([]);
  });
});
