import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  baseStyles,
  changesNothing,
  formatHouseStyle,
  type HouseStyle,
  hasHouseStyle,
  houseStyleTextSchema,
  parseHouseStyle,
  styleChoices,
  stylePartNames,
} from "../../../electron/captions/house-style/style.ts";

describe("the text of a style", () => {
  test("is read as it was written, whatever the style", () => {
    const styles = fc.record({
      spelling: fc.constantFrom(...styleChoices.spelling),
      times: fc.constantFrom(...styleChoices.times),
      money: fc.constantFrom(...styleChoices.money),
      percent: fc.constantFrom(...styleChoices.percent),
      numbers: fc.constantFrom(...styleChoices.numbers),
      titles: fc.constantFrom(...styleChoices.titles),
      votes: fc.constantFrom(...styleChoices.votes),
    });
    fc.assert(
      fc.property(styles, (style) => {
        expect(parseHouseStyle(formatHouseStyle(style))).toEqual(style);
      }),
    );
  });

  test.each([
    ["us", "us"],
    [" uk ", "uk"],
    ["us,titles=Council Member , votes = 4 to 0", "us, titles=Council Member, votes=4 to 0"],
    ["us, times=p.m.", "us"],
    [
      "as-heard, spelling=us, percent=5%",
      "us, times=as-heard, money=as-heard, numbers=as-heard, titles=as-heard, votes=as-heard",
    ],
  ])("%j is %j", (text, shortest) => {
    expect(houseStyleTextSchema.parse(text)).toBe(shortest);
  });

  test.each([
    "",
    "US",
    "constructor",
    "us titles=Council Member",
    "us, titles",
    "us, titles=Alderman",
    "us, color=red",
    "us, votes=4-0, votes=4 to 0",
    "us,",
  ])("%j is none", (text) => {
    expect(parseHouseStyle(text)).toBeUndefined();
    expect(houseStyleTextSchema.safeParse(text).success).toBe(false);
  });

  test("names what each part may be in its message", () => {
    const [issue] = houseStyleTextSchema.safeParse("nothing").error?.issues ?? [];
    for (const part of stylePartNames)
      for (const choice of styleChoices[part]) expect(issue?.message).toContain(choice);
  });
});

test("only as-heard changes nothing, and only English has a style", () => {
  expect(Object.values(baseStyles).map((style: HouseStyle) => changesNothing(style))).toEqual([false, false, true]);
  expect(["en", "es", "so", ""].map(hasHouseStyle)).toEqual([true, false, false, false]);
});
