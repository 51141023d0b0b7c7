import { describe, expect, test } from "vitest";
import { getPlacedLength, type PlacementRequest, placeSound } from "../../../electron/media/decoding/placement.ts";

const second = 16_000;

const request = (part: Partial<PlacementRequest>): PlacementRequest => ({
  clock: { start: 0, steps: [] },
  count: 60 * second,
  zero: 0,
  pictureJumps: [],
  pictureLength: undefined,
  mayJump: true,
  ...part,
});

const step = (at: number, change: number) => ({ sample: at * second, change: change * second });
const jump = (from: number, to: number) => ({ from: from * second, to: to * second });

describe("sound is placed", () => {
  test.each<[string, Partial<PlacementRequest>, number, [number, number][]]>([
    ["where it begins with the picture", {}, 0, []],
    ["later than the picture", { clock: { start: 2 * second, steps: [] } }, 2, []],
    ["not hours later, which is a wrong stamp", { clock: { start: 7_200 * second, steps: [] } }, 0, []],
    ["with a gap that only it has", { clock: { start: 0, steps: [step(10, 14)] } }, 0, [[10, 14]]],
    [
      "without the jump of an encoder that begins anew",
      { clock: { start: 0, steps: [step(10, 18_000)] }, pictureJumps: [jump(10, 18_010)] },
      0,
      [],
    ],
    [
      "with a short loss that the picture has as well",
      { clock: { start: 0, steps: [step(10, 6)] }, pictureJumps: [jump(10, 16)] },
      0,
      [[10, 6]],
    ],
    [
      "at its distance to the picture after a restart",
      { clock: { start: 0, steps: [step(10, -1_000)] }, pictureJumps: [jump(9.8, -990)] },
      0,
      [[10, -0.2]],
    ],
    [
      "with a jump in a format whose clock is absolute",
      { clock: { start: 0, steps: [step(10, 30)] }, pictureJumps: [jump(10, 40)], mayJump: false },
      0,
      [[10, 30]],
    ],
    [
      "without its own jump back where there is no picture",
      { clock: { start: 0, steps: [step(10, -5)] }, pictureJumps: undefined },
      0,
      [],
    ],
    [
      "over what it repeats, where only its clock was set back",
      { clock: { start: 0, steps: [step(10, -2)] } },
      0,
      [[10, -2]],
    ],
    [
      "within the picture, whatever its stamps say",
      { clock: { start: 0, steps: [step(10, 3_600)] }, pictureLength: 60 * second, mayJump: false },
      0,
      [],
    ],
  ])("%s", (_, part, lead, steps) => {
    const placed = placeSound(request(part));
    expect(placed.lead / second).toBe(lead);
    const found = placed.steps.map(({ sample, change }) => [
      sample / second,
      Math.round((change / second) * 1000) / 1000,
    ]);
    expect(found).toEqual(steps);
    const total = steps.reduce((sum, [, change]) => sum + change, lead + 60);
    expect(getPlacedLength(placed, 60 * second) / second).toBeCloseTo(total, 6);
  });
});
