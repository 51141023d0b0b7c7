import { describe, expect, test } from "vitest";
import { readCaptions } from "../../../electron/captions/formats/read.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";

const shown = "9420 9420 94ae 94ae 9470 9470 c8e9 942f 942f";
const scc = (...labels: readonly string[]): string =>
  `Scenarist_SCC V1.0\n\n${labels.map((label) => `${label}\t${shown}`).join("\n\n")}\n`;
const seconds = (...labels: readonly string[]): readonly number[] =>
  readCaptions(scc(...labels)).cues.map(({ startMs }) => Math.round(startMs / 1000));

describe("labels that cross midnight", () => {
  const day = 86_400;

  test("belong to the next day: order and durations stay", () => {
    const { cues, issues } = readCaptions(
      [
        "Scenarist_SCC V1.0",
        "23:59:50;00\t9420 9420 94ae 94ae 9470 9470 c2e5 e6ef f2e5 942f 942f",
        "23:59:53;00\t942c 942c",
        "23:59:58;00\t9420 9420 94ae 94ae 9470 9470 c1e3 f2ef 7373 942f 942f",
        "00:00:02;00\t942c 942c",
        "00:00:10;00\t9420 9420 94ae 94ae 9470 9470 c1e6 f4e5 f280 942f 942f",
        "00:00:13;00\t942c 942c",
      ].join("\n\n"),
    );
    expect(cues.map(({ lines }) => lines[0])).toEqual(["Before", "Across", "After"]);
    expect(cues.map(({ startMs, endMs }) => Math.round((endMs - startMs) / 100) / 10)).toEqual([2.7, 3.7, 2.7]);
    expect(issues).toEqual([]);
  });

  test.each<[string, readonly string[], readonly number[]]>([
    [
      "twice",
      [
        "23:00:00;00",
        "01:00:00;00",
        "05:00:00;00",
        "10:00:00;00",
        "15:00:00;00",
        "20:00:00;00",
        "23:59:59;00",
        "00:00:09;00",
      ],
      [
        23 * 3600,
        day + 3600,
        day + 5 * 3600,
        day + 10 * 3600,
        day + 15 * 3600,
        day + 20 * 3600,
        2 * day - 1,
        2 * day + 9,
      ],
    ],
    [
      "with a line out of order",
      ["23:59:58;00", "00:00:05;00", "23:59:59;20", "00:00:09;00"],
      [day - 2, day, day + 5, day + 9],
    ],
    [
      "not, where one label is wrong",
      ["00:00:05;00", "23:30:11;00", "00:00:14;00", "00:00:20;00"],
      [5, 14, 20, 23 * 3600 + 1811],
    ],
    [
      "once, where one label before it is wrong",
      ["20:00:01;00", "01:00:00;00", "20:00:09;00", "23:59:59;00", "00:00:05;00"],
      [20 * 3600 + 1, 20 * 3600 + 9, day - 1, day + 5, day + 3600],
    ],
  ])("%s", (_name, labels, expected) => {
    expect(seconds(...labels)).toEqual(expected);
  });
});

test.each([
  ["the line", `00:00:05;00\t${shown}\n\n00:00:08;00\t942c 942c\n`],
  ["a byte-order mark and the line", `\uFEFF00:00:05;00\t${shown}`],
  ["another first line", `Captions of March\n\n00:00:05;00\t${shown}`],
  ["a header that is misspelt", `Scenarist SCC\n\n00:00:05:00 ${shown}`],
])("without its header, with %s of data, it is read, and that is told", (_name, text) => {
  const { format, cues, issues } = readCaptions(text);
  expect(format).toBe("scc");
  expect(cues.map(({ lines }) => lines)).toEqual([["Hi"]]);
  expect(issues.map(({ rule }) => rule)).toContain("header");
});

describe("reading SCC", () => {
  test("times are moved by an hour only where a file begins at the first hour, and that is told", () => {
    const at = (startMs: number): ReturnType<typeof readCaptions> =>
      readCaptions(encodeScc([{ startMs, endMs: startMs + 3000, lines: ["Good evening."] }]).text);
    expect(at(3_605_000).cues[0]?.startMs).toBeLessThan(10_000);
    expect(at(3_605_000).issues).toMatchObject([{ rule: "start", severity: "warning" }]);
    for (const startMs of [5_000, 3_900_000, 7_205_000, 36_001_000]) {
      expect(Math.abs((at(startMs).cues[0]?.startMs ?? 0) - startMs)).toBeLessThan(17);
      expect(at(startMs).issues).toEqual([]);
    }
  });
});
