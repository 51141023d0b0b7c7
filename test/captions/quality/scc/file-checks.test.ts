import { describe, expect, test } from "vitest";
import { sccRules } from "../../../../electron/captions/quality/rules.ts";
import { checkSccFile } from "../../../../electron/captions/quality/scc/file-checks.ts";
import { encodeScc } from "../../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../../electron/captions/scc/file.ts";
import { cue } from "../../../support/captions/cues.ts";

describe("rules over SCC files", () => {
  const load = "9420 9420 94ae 94ae 9470 9470 c8e9";
  const show = "942f 942f";
  const body = `${load} ${show}`;
  const erase = "00:00:09;00\t942c 942c";
  const scc = (...lines: readonly string[]): string => `Scenarist_SCC V1.0\n\n${lines.join("\n\n")}\n`;
  const rules = (text: string): readonly string[] =>
    checkSccFile(parseScc(text)).map(({ rule, line }) => `${rule}@${line}`);
  const one = (words: string): string => scc(`00:00:01;00\t${words}`, erase);

  test("what our encoder writes is clean, in every mode and channel", () => {
    const cues = [cue(2_000, 4_000, "Clean, ♪♪ Ü"), cue(4_500, 7_000, "Two rows", "of it.")];
    for (const mode of ["pop-on", "roll-up-2", "roll-up-3", "roll-up-4", "paint-on"] as const)
      expect(rules(encodeScc(cues, { mode }).text), mode).toEqual([]);
    expect(rules(encodeScc(cues, { channel: 3 }).text)).toEqual(["other-channel@3"]);
  });

  test.each([
    ["header@1", `Scenarist SCC\n\n00:00:01;00\t${body}\n\n${erase}\n`],
    ["tab@3", scc(`00:00:01;00 ${body}`, erase)],
    ["timecode@3", scc("soon\t9420")],
    ["word@3", one(`${body} 12`)],
    ["label@3", scc(`00:01:00;00\t${body}`)],
    ["label@3", scc(`00:00:01:30\t${body}`)],
    ["label@3", scc(`24:00:01;00\t${body}`)],
    ["parity@3", one("1420 1420 94ae 94ae 9470 9470 c8e9 942f 942f")],
    ["doubling@3", one("9420 94ae 9470 c8e9 942f")],
    ["null-between@3", one(`9420 8080 9420 94ae 94ae 9470 9470 c8e9 ${show}`)],
    ["separator@5", scc(`00:00:01;00\t${body}`, `00:00:05:00\t${body}`)],
    ["order@5", scc(`00:00:05;00\t${body}`, `00:00:01;00\t${body}`)],
    ["overlap@5", scc(`00:00:01;00\t${body}`, `00:00:01;04\t${body}`)],
    ["unknown-code@3", one(`${load} 1340 1340 94b0 94b0 ${show}`)],
    ["no-mode@3", one("9470 9470 c8e9")],
    ["no-address@3", one("9420 9420 94ae 94ae c8e9 942f 942f")],
    ["columns@3", one(`9420 9420 94ae 94ae 9470 9470 ${"6161 ".repeat(17)}${show}`)],
    ["no-fallback@3", one(`9420 9420 94ae 94ae 9470 9470 9225 9225 ${show}`)],
    ["extended-at-edge@3", one(`9420 9420 94ae 94ae 9470 9470 ${"6161 ".repeat(16)}9225 9225 ${show}`)],
    ["row-twice@3", one(`${load} 9470 9470 c8e9 ${show}`)],
    ["header@1", `\uFEFF${one(body)}`],
    ["header@1", `00:00:01;00\t${body}\n\n${erase}\n`],
    ["base-row@3", one("94a7 94a7 94ad 94ad 9140 9140 c8e9")],
    ["empty-flip@3", one("9420 9420 94ae 94ae 942f 942f")],
    [
      "dirty-load@7",
      scc(`00:00:01;00\t${body}`, `00:00:03;00\t${body}`, `00:00:05;00\t9420 9420 9470 9470 c8e9 ${show}`, erase),
    ],
    ["never-erased@3", scc(`00:00:01;00\t${body}`)],
    [
      "many-rows@3",
      one(
        `9420 9420 94ae 94ae ${["9140", "9240", "1540", "1640", "9740"].map((row) => `${row} ${row} c8e9`).join(" ")} ${show}`,
      ),
    ],
    ["mid-row@3", one(`${load} 91ae 91ae c8e9 ${show}`)],
    ["tab-offset@3", one(`${load} 97a1 97a1 c8e9 ${show}`)],
    ["backspace@3", one(`${load} 94a1 94a1 ${show}`)],
    ["delete-to-end@3", one(`${load} 94a4 94a4 ${show}`)],
    ["special-repeated@3", one(`9420 9420 94ae 94ae 9470 9470 9137 9137 9137 9137 ${show}`)],
    ["other-channel@3", one(`1c20 1c20 1cae 1cae 1c70 1c70 c8e9 1c2f 1c2f ${body}`)],
    ["text-mode@3", one(`${body} 942a 942a c8e9`)],
  ])("%s", (expected, text) => {
    expect(rules(text)).toContain(expected);
  });

  test("two speakers on one row, in columns of their own, are legal", () => {
    // "-Yes" in columns 1 to 4, "-No" from column 17 on.
    const twoSpeakers = "9420 9420 94ae 94ae 9470 9470 ad20 d9e5 73ae 94f8 94f8 ad20 ceef ae80 942f 942f";
    expect(rules(scc(`00:00:05;00\t${twoSpeakers}`, erase))).toEqual([]);
  });

  test("the lowest row that the window of roll-up fits into is sound", () => {
    // Row 4 holds a window of four rows, row 3 one of two.
    expect(rules(one("94a7 94a7 94ad 94ad 92e0 92e0 c8e9"))).toEqual([]);
    expect(rules(one("9425 9425 94ad 94ad 9240 9240 c8e9"))).toEqual([]);
    expect(rules(one("94a7 94a7 94ad 94ad 9240 9240 c8e9"))).toEqual(["base-row@3"]);
  });

  test("codes that are sent once, and equal special characters, are told once a file, as a warning", () => {
    const single = "9420 94ae 9470 9137 9137 9137 9137 942f";
    const issues = checkSccFile(parseScc(scc(`00:00:01;00\t${single}`, `00:00:05;00\t${single}`, "00:00:09;00\t942c")));
    expect(issues.map(({ rule, severity }) => [rule, severity])).toEqual([
      ["doubling", "warning"],
      ["special-repeated", "warning"],
    ]);
    expect(issues[0]?.message).toMatch(/^9 ×/);
  });

  test("an italic row that begins away from the edge is sound: the blank of its code is before the text", () => {
    expect(rules(one(`9420 9420 94ae 94ae 94f4 94f4 9723 9723 91ae 91ae c8e9 ${show}`))).toEqual([]);
  });

  test("roll-up lines without a new address are sound", () => {
    const lines = Array.from({ length: 4 }, (_, index) =>
      `00:00:0${index + 1};00\t94ad 94ad ${"6161 ".repeat(11)}`.trim(),
    );
    const first = "00:00:00;10\t9425 9425 94ad 94ad 9470 9470 6161";
    expect(rules(scc(first, ...lines, erase))).toEqual([]);
  });

  test("every issue says what to do", () => {
    for (const [rule, { remedy }] of Object.entries(sccRules)) expect(remedy.length, rule).toBeGreaterThan(15);
    const [issue] = checkSccFile(parseScc(one(`${load} 91ae 91ae c8e9 ${show}`)));
    expect(issue).toMatchObject({ line: 3, frame: 37, remedy: sccRules["mid-row"].remedy });
  });
});
