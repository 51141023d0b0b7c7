/** The items of a meeting, where they are called. */
import { describe, expect, test } from "vitest";
import type { Word } from "../../../electron/captions/word.ts";
import { findAgendaItems } from "../../../electron/insight/agenda/called-items.ts";

/** Sentences at their seconds, a word every 0.3 s. */
function spoken(...sentences: readonly (readonly [second: number, text: string])[]): readonly Word[] {
  return sentences.flatMap(([second, text]) =>
    text.split(" ").map((word, index) => ({
      text: word,
      startMs: second * 1000 + index * 300,
      endMs: second * 1000 + index * 300 + 250,
      probability: 0.9,
    })),
  );
}

const titles = async (...sentences: readonly (readonly [number, string])[]) =>
  (await findAgendaItems(spoken(...sentences))).map(({ title, startMs }) => `${Math.floor(startMs / 1000)} ${title}`);

describe("agenda items", () => {
  test("are what every council calls, at the second at which it is called", async () => {
    expect(
      await titles(
        [2, "I call this regular meeting to order."],
        [30, "Please rise for the Pledge of Allegiance."],
        [70, "Would the clerk please call the roll."],
        [120, "Next is approval of the minutes of February second."],
        [200, "We now open the public hearing on the Oak Street project."],
        [900, "Is there a motion to adjourn?"],
      ),
    ).toEqual([
      "2 Call to order",
      "30 Pledge of Allegiance",
      "70 Roll call",
      "120 Approval of the minutes",
      "200 Public hearing",
      "900 Adjournment",
    ]);
  });

  test("have the number and name that is read out, cut where it is long", async () => {
    expect(await titles([10, "Item seven is the street project."])).toEqual(["10 Item seven: street project"]);
    const [long = ""] = await titles([
      10,
      "Agenda item number 4 concerns the reconstruction of Maple Avenue between Third Street and the county line.",
    ]);
    expect(long).toMatch(/^10 Item 4: reconstruction of Maple .*…$/);
    expect(long.length).toBeLessThanOrEqual(3 + 50);
  });

  test("count once, however often they are named", async () => {
    expect(
      await titles(
        [10, "We begin with the consent agenda."],
        [25, "Is there a motion on the consent agenda?"],
        [300, "The consent agenda is approved."],
      ),
    ).toEqual(["10 Consent agenda"]);
  });

  test("two that are called in one breath are one chapter", async () => {
    expect(await titles([10, "I call this meeting to order."], [15, "Will the clerk call the roll."])).toEqual([
      "10 Call to order",
    ]);
  });

  test("talk is no agenda", async () => {
    expect(
      await titles([10, "I think this is the best budget that we have had in years."], [60, "Thank you."]),
    ).toEqual([]);
    expect(await findAgendaItems([])).toEqual([]);
  });
});
