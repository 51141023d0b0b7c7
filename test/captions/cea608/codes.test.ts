import { describe, expect, test } from "vitest";
import { characterCode, decodeCharacter } from "../../../electron/captions/cea608/characters.ts";
import { control, parsePreambleAddress, preambleAddress, tabOffset } from "../../../electron/captions/cea608/codes.ts";
import { addParity, hasOddParity, stripParity } from "../../../electron/captions/cea608/parity.ts";
import { countColumns, transliterate } from "../../../electron/captions/cea608/transliterate.ts";

const hex = (word: number): string => addParity(word).toString(16).padStart(4, "0");

describe("parity", () => {
  test("every byte gets an odd number of ones, and loses nothing", () => {
    for (let byte = 0; byte < 0x80; byte++) {
      const word = (byte << 8) | (0x7f - byte);
      const raw = addParity(word);
      for (const half of [raw >> 8, raw & 0xff]) {
        expect([...half.toString(2)].filter((bit) => bit === "1").length % 2).toBe(1);
      }
      expect(stripParity(raw)).toBe(word);
      expect(hasOddParity(raw)).toBe(true);
      expect(hasOddParity(raw ^ 0x0001)).toBe(false);
    }
  });
});

describe("control codes as files write them", () => {
  test.each([
    [control.resumeCaptionLoading, "9420"],
    [control.backspace, "94a1"],
    [control.deleteToEndOfRow, "94a4"],
    [control.rollUp2, "9425"],
    [control.rollUp3, "9426"],
    [control.rollUp4, "94a7"],
    [control.resumeDirectCaptioning, "9429"],
    [control.eraseDisplayedMemory, "942c"],
    [control.carriageReturn, "94ad"],
    [control.eraseNonDisplayedMemory, "94ae"],
    [control.endOfCaption, "942f"],
    [tabOffset(1), "97a1"],
    [tabOffset(2), "97a2"],
    [tabOffset(3), "9723"],
  ])("%i is %s", (word, expected) => {
    expect(hex(word)).toBe(expected);
  });
});

/** electron/captions/cea608/README.md, "Address codes": the plain indent codes of every row. */
const indentTable: Readonly<Record<number, string>> = {
  1: "91d0 9152 9154 91d6 9158 91da 91dc 915e",
  2: "9170 91f2 91f4 9176 91f8 917a 917c 91fe",
  3: "92d0 9252 9254 92d6 9258 92da 92dc 925e",
  4: "9270 92f2 92f4 9276 92f8 927a 927c 92fe",
  5: "15d0 1552 1554 15d6 1558 15da 15dc 155e",
  6: "1570 15f2 15f4 1576 15f8 157a 157c 15fe",
  7: "16d0 1652 1654 16d6 1658 16da 16dc 165e",
  8: "1670 16f2 16f4 1676 16f8 167a 167c 16fe",
  9: "97d0 9752 9754 97d6 9758 97da 97dc 975e",
  10: "9770 97f2 97f4 9776 97f8 977a 977c 97fe",
  11: "10d0 1052 1054 10d6 1058 10da 10dc 105e",
  12: "13d0 1352 1354 13d6 1358 13da 13dc 135e",
  13: "1370 13f2 13f4 1376 13f8 137a 137c 13fe",
  14: "94d0 9452 9454 94d6 9458 94da 94dc 945e",
  15: "9470 94f2 94f4 9476 94f8 947a 947c 94fe",
};

describe("preamble address codes", () => {
  test.each(Object.entries(indentTable))("row %s", (row, codes) => {
    const expected = codes.split(" ");
    expect(expected.map((_, index) => hex(preambleAddress(Number(row), index * 4)))).toEqual(expected);
    expected.forEach((code, index) => {
      const address = parsePreambleAddress(stripParity(Number.parseInt(code, 16)));
      expect(address).toEqual({
        row: Number(row),
        indent: index * 4,
        italic: false,
        underline: false,
        color: "white",
      });
    });
  });

  test("color and italic codes are read as column 0", () => {
    expect(parsePreambleAddress(stripParity(0x94e0))).toMatchObject({ row: 15, indent: 0, italic: false });
    expect(parsePreambleAddress(stripParity(0x94ce))).toMatchObject({ row: 14, indent: 0, italic: true });
    expect(parsePreambleAddress(stripParity(0x94f1))).toMatchObject({ row: 15, indent: 0, underline: true });
  });

  test("a place that has no code is refused", () => {
    expect(() => preambleAddress(16, 0)).toThrow(RangeError);
    expect(() => preambleAddress(15, 2)).toThrow(RangeError);
    expect(() => tabOffset(4)).toThrow(RangeError);
  });
});

describe("characters", () => {
  test.each([
    ["á", "2a"],
    ["é", "dc"],
    ["í", "5e"],
    ["ó", "df"],
    ["ú", "e0"],
    ["ç", "fb"],
    ["÷", "7c"],
    ["Ñ", "fd"],
    ["ñ", "fe"],
    ["A", "c1"],
    ["'", "a7"],
  ])("%s is the byte %s", (character, expected) => {
    const code = characterCode(character);
    expect(code?.kind).toBe("basic");
    expect(code?.kind === "basic" && hex(code.byte << 8).slice(0, 2)).toBe(expected);
  });

  test.each([
    ["♪", "9137"],
    ["®", "91b0"],
    ["¿", "91b3"],
    ["û", "91bf"],
  ])("%s is the special code %s", (character, expected) => {
    const code = characterCode(character);
    expect(code?.kind === "special" && hex(code.word)).toBe(expected);
  });

  test.each([
    ["Á", "9220", "A"],
    ["ü", "9225", "u"],
    ["*", "92a8", "#"],
    ["»", "92bf", '"'],
    ["Ã", "1320", "A"],
    ["\\", "13ab", "/"],
    ["_", "13ad", "-"],
    ["ß", "1334", "s"],
    ["┘", "13bf", "+"],
  ])("%s is the extended code %s after %s", (character, expected, fallback) => {
    const code = characterCode(character);
    if (code?.kind !== "extended") throw new Error(`${character} is not extended`);
    expect(hex(code.word)).toBe(expected);
    expect(String.fromCharCode(code.fallback)).toBe(fallback);
  });

  test("what has a code decodes to itself", () => {
    for (let code = 0x20; code < 0x1340; code++) {
      const character = decodeCharacter(code);
      if (character === undefined) continue;
      const encoded = characterCode(character);
      expect(encoded, character).toBeDefined();
    }
  });

  test("there is no code for what CEA-608 lacks", () => {
    for (const character of "€…–œŒæÆ`漢😀") expect(characterCode(character)).toBeUndefined();
  });
});

describe("transliteration", () => {
  test.each([
    ["“No” — it’s", '"No" -- it\'s'],
    ["wait…", "wait..."],
    ["€5", "EUR5"],
    ["Œuvre æon", "OEuvre aeon"],
    ["Škoda, Łódź, naïve", "Skoda, Lódz, naïve"],
    ["Renée Peña", "Renée Peña"],
    ["a\u200bb\ufeffc\u00add", "abcd"],
    ["tab\there\u00a0now", "tab here now"],
    ["½ ¾", "½ 3/4"],
    ["e\u0301", "é"],
    ["§ 12", "Section 12"],
    ["`quoted`", "'quoted'"],
  ])("%j becomes %j", (text, expected) => {
    expect(transliterate(text)).toEqual({ text: expected, lost: [] });
  });

  test("what cannot be carried is replaced and reported once", () => {
    expect(transliterate("漢字 漢 😀")).toEqual({
      text: "?? ? ?",
      lost: [
        { character: "漢", replacement: "?" },
        { character: "字", replacement: "?" },
        { character: "😀", replacement: "?" },
      ],
    });
  });

  test("columns are counted as they are shown", () => {
    expect(countColumns("plain")).toBe(5);
    expect(countColumns("wait…")).toBe(7);
    expect(countColumns("Peña")).toBe(4);
    expect(countColumns("😀")).toBe(1);
  });
});
