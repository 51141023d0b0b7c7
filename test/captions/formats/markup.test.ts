import { describe, expect, test } from "vitest";
import { stripMarkup } from "../../../electron/captions/formats/markup/parse.ts";

describe("markup", () => {
  test.each([
    ["<i>Hello</i>", "Hello"],
    ["<v Mayor>Order!</v>", "Order!"],
    ["<00:00:01.000>word <c.yellow>by</c> word", "word by word"],
    ["{\\an8}On top", "On top"],
    ['<font color="#fff">White</font>', "White"],
    ["a &lt; b &amp;&amp; c &#39;d&#x27;", "a < b && c 'd'"],
    ["5 < 6 and 7 > 4", "5 < 6 and 7 > 4"],
    ["{not markup}", "{not markup}"],
  ])("%j reads %j", (text, expected) => {
    expect(stripMarkup(text)).toBe(expected);
  });

  test("hostile markup is read in linear time (a backtracking expression would run into the test's limit)", () => {
    const text = "<a ".repeat(200_000);
    expect(stripMarkup(text).length).toBeGreaterThan(0);
  });
});
