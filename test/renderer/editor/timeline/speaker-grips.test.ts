import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EditCue } from "../../../../electron/captions/editing/document.ts";
import { dragSpeakerBorder, findSpeakerBorder } from "../../../../renderer/editor/timeline/speaker-grips.ts";

/** Captions of two seconds, one after the other. */
const spoken = (...speakers: readonly (string | undefined)[]): readonly EditCue[] =>
  speakers.map((speaker, index) => ({
    id: index + 1,
    startMs: index * 2_000,
    endMs: index * 2_000 + 1_900,
    lines: ["Words."],
    ...(speaker === undefined ? {} : { speaker }),
  }));

const cues = spoken("Mayor", "Mayor", "Clerk", "Clerk", undefined, "Mayor");

describe("the border between two speakers", () => {
  test.each([
    ["is hit from the left", 3_900, 2],
    ["and from the right", 4_100, 2],
    ["also beside somebody who has no name", 8_050, 4],
    ["not where one goes on speaking", 2_000, undefined],
    ["not from afar", 4_400, undefined],
    ["not before the first caption", 0, undefined],
    ["not after the last one", 12_000, undefined],
  ])("%s", (_, ms, border) => expect(findSpeakerBorder(cues, ms, 200)).toBe(border));

  test.each([
    ["to the left: the second one has begun earlier", 2, 2_100, { cues: [2], speaker: "Clerk" }],
    ["to the right: the first one has gone on", 2, 5_500, { cues: [3], speaker: "Mayor" }],
    ["no further than the two of them speak", 2, 11_000, { cues: [3, 4], speaker: "Mayor" }],
    ["from one who has no name", 4, 6_200, { cues: [4], speaker: null }],
    ["into one who has no name", 4, 9_900, { cues: [5], speaker: "Clerk" }],
    ["back to where it was", 2, 4_300, undefined],
    ["of nobody", 0, 4_300, undefined],
  ])("is dragged %s", (_, border, ms, command) => {
    const dragged = dragSpeakerBorder(cues, border, ms);
    expect(dragged?.command).toEqual(command === undefined ? undefined : { type: "speaker", ...command });
  });

  test("however it is dragged, only captions of the two who meet there change", () => {
    const names = fc.array(fc.constantFrom("A", "B", "C", undefined), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(names, fc.nat(12), fc.integer({ min: -5_000, max: 30_000 }), (speakers, border, ms) => {
        const list = spoken(...speakers);
        const dragged = dragSpeakerBorder(list, border, ms);
        const two = [list[border - 1]?.speaker, list[border]?.speaker];
        for (const id of dragged?.cues ?? []) expect(two).toContain(list[id - 1]?.speaker);
        if (dragged !== undefined) expect(two).toContain(dragged.command.speaker ?? undefined);
      }),
    );
  });
});
