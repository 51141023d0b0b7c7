import { describe, expect, test } from "vitest";
import { writeInStyle } from "./style-lines.ts";

describe("titles", () => {
  test.each([
    ["moved by Council Member Brennan, and seconded", "moved by Councilmember Brennan, and seconded"],
    ["moved by council member Brennan", "moved by Councilmember Brennan"],
    ["Council member Alvarez. Here.", "Councilmember Alvarez. Here."],
    ["council-member Alvarez", "Councilmember Alvarez"],
    ["two council members asked", "two councilmembers asked"],
    ["The Council Members' letter", "The Councilmembers' letter"],
    ["council woman Diaz and the Council Man", "Councilwoman Diaz and the Councilman"],
    ["Mister Mayor, I have a question.", "Mr. Mayor, I have a question."],
    ["Madame Chair, the vice-mayor and Vice-Mayor Lund", "Madam Chair, the vice mayor and Vice Mayor Lund"],
    ["the mayor pro-tem", "the mayor pro tem"],
  ])("%s", (line, expected) => {
    expect(writeInStyle(line)).toBe(expected);
  });

  test.each([
    "Council members of the public may speak.",
    "I ask the council, members of staff, and all.",
    "Will the council man the booth?",
    "The council membership changed.",
    "the membership council",
    "my guidance counselor, Counselor Diaz",
    "a madame butterfly and a mister",
  ])("stays: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  const lines = "Councilmember Brennan and a councilmember asked Council member Okafor. Council members left.";
  test.each([
    [
      "Council Member",
      "Council Member Brennan and a council member asked Council Member Okafor. Council members left.",
    ],
    ["Councilor", lines],
    ["as-heard", lines],
  ])("as %s", (titles, expected) => {
    expect(writeInStyle(lines, `us, titles=${titles}`)).toBe(expected);
    expect(writeInStyle(expected, `us, titles=${titles}`)).toBe(expected);
  });

  test("what sounds like a councilor is one where members are called so", () => {
    const line = "I thank Counselor Diaz, councillor Lund and my counselor.";
    expect(writeInStyle(line, "us, titles=Councilor")).toBe("I thank Councilor Diaz, Councilor Lund and my counselor.");
    expect(writeInStyle(line, "uk")).toBe("I thank Councillor Diaz, Councillor Lund and my counsellor.");
  });
});

describe("spelling", () => {
  test.each([
    ["us", "all in favour say aye.", "all in favor say aye."],
    ["us", "under the local bridge programme. And", "under the local bridge program. And"],
    [
      "us",
      "Favour it. Our neighbourhood's colour-coded kerb was cancelled.",
      "Favor it. Our neighborhood's color-coded curb was canceled.",
    ],
    ["uk", "all in favor of the neighborhood center say aye.", "all in favour of the neighbourhood centre say aye."],
    ["uk", "Mr. Mayor, we recognize and canceled it.", "Mr Mayor, we recognise and cancelled it."],
    ["us", "We’re in favour’s way", "We’re in favor’s way"],
  ])("%s: %s", (style, line, expected) => {
    expect(writeInStyle(line, style)).toBe(expected);
    expect(writeInStyle(expected, style)).toBe(expected);
  });

  test.each([
    ["us", "the Kennedy Centre on Harbour Street on Labour Day"],
    ["us", "Harbour Street is closed. Grey Cloud Township pays."],
    ["us", "the GREY sign"],
    ["uk", "Center Street and the Guthrie Theater"],
    ["uk", "check the parking meter, a program, and practice"],
    ["as-heard", "favour and favor"],
  ])("%s stays: %s", (style, line) => {
    expect(writeInStyle(line, style)).toBe(line);
  });
});

describe("what no style changes", () => {
  test.each([
    'She wrote "All in favour at 6.30 p.m." and left.',
    "The play “Council Member” costs “fifteen thousand dollars”.",
    "The sign says 'Colour Centre' in blue.",
    "«El favour» is eighty",
    'He said, "I favour it and never closed the quote.',
  ])("a quotation: %s", (line) => {
    expect(writeInStyle(line)).toBe(line);
  });

  test("what comes after a quotation is changed", () => {
    expect(writeInStyle('The "Favour" is in our favour. "No," she said, 80 percent.')).toBe(
      'The "Favour" is in our favor. "No," she said, 80%.',
    );
    expect(writeInStyle("It's the members' favour, and that's 'their' favour.")).toBe(
      "It's the members' favor, and that's 'their' favor.",
    );
  });

  test("names of the city's glossary", () => {
    const line = "At the grey harbour council member's, grey harbour's eighty percent.";
    expect(writeInStyle(line, "us", ["Grey Harbour", "Council Member"])).toBe(
      "At the grey harbour council member's, grey harbour's 80%.",
    );
    expect(writeInStyle("Council Member Diaz", "us", ["Council Member"])).toBe("Council Member Diaz");
  });

  test.each([
    ["uk", "Gracias por su favor, el color de la casa es gris."],
    ["us", "Son las seis y media pm, y la reunión es a las 6 pm en el centro."],
    ["us", "¿Cuánto es? Es el 80 percent de los dollars."],
    ["us", "Je suis pour le programme et les centres de la ville."],
  ])("another language in the middle of an English meeting (%s): %s", (style, line) => {
    expect(writeInStyle(line, style)).toBe(line);
  });
});
