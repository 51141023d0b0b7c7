import { describe, expect, test } from "vitest";
import { writeInStyle } from "./style-lines.ts";

describe("money", () => {
  test.each([
    ["at an estimated cost of three point two million dollars.", "at an estimated cost of $3.2 million."],
    ["We have set aside fifteen thousand dollars for signs", "We have set aside $15,000 for signs"],
    ["We have set aside 15,000 dollars for signs", "We have set aside $15,000 for signs"],
    ["We have set aside $15000 for signs", "We have set aside $15,000 for signs"],
    ["a grant of $3.2M from the state", "a grant of $3.2 million from the state"],
    ["It costs 3.2 million dollars.", "It costs $3.2 million."],
    ["It costs twenty-five hundred dollars.", "It costs $2,500."],
    ["a hundred and fifty thousand dollars", "$150,000"],
    ["three hundred forty-two thousand six hundred and five dollars", "$342,605"],
    ["a ten dollar fee and a 25-dollar fine", "a $10 fee and a $25 fine"],
    ["It is two dollars and fifty cents a ride.", "It is $2.50 a ride."],
    ["three million two hundred thousand dollars", "$3,200,000"],
    ["In 1958, three million dollars was enough.", "In 1958, $3 million was enough."],
    ["one million dollars", "$1 million"],
  ])("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test.each([
    "It costs a million dollars, or half a million dollars, or a million and a half dollars.",
    "two to three million dollars",
    "between five and ten dollars",
    "two, three million dollars",
    "at that point two million dollars were gone",
    "Not one dollar was spent.",
    "thousands of dollars, a few hundred dollars, several thousand dollars",
    "that is five million in 2019 dollars",
    "one of the dollars",
    "eighty vehicles and fifty cents",
    "a couple hundred thousand dollars",
    "two and a half million dollars",
  ])("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test("stays as it was recognized where the city asks for it", () => {
    expect(writeInStyle("It costs five dollars.", "us, money=as-heard")).toBe("It costs five dollars.");
  });
});

describe("percent", () => {
  test.each([
    ["the state would pay eighty percent under the program", "the state would pay 80% under the program"],
    ["pay 80 percent, and", "pay 80%, and"],
    ["pay eighty per cent.", "pay 80%."],
    ["pay 80 % of it", "pay 80% of it"],
    ["it grew three point five percent", "it grew 3.5%"],
    ["twenty to thirty percent of it", "20 to 30% of it"],
    ["one hundred and twenty percent", "120%"],
  ])("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test.each([
    "two and a half percent",
    "half a percent, a hundred percent, one half of one percent",
    "a small percentage of it",
    "the One Percent for Art program",
    "point five percent",
    "a large per cent of it",
  ])("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test.each([
    ["us, percent=5 percent", "The state pays 80 percent, the city twenty.", "The state pays 80%, the city twenty."],
    ["uk, percent=5 percent", "The state pays 80 per cent.", "The state pays 80%."],
    ["us, percent=5 percent", "It grew 3.5 percent.", "It grew three point five percent."],
  ])("as %s", (style, expected, line) => {
    expect(writeInStyle(line, style)).toBe(expected);
    expect(writeInStyle(expected, style)).toBe(expected);
  });
});
