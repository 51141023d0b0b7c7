import { describe, expect, test } from "vitest";
import type { Cue } from "../../electron/captions/cue.ts";
import { checkCues } from "../../electron/captions/quality/cue-rules.ts";
import { checkSccFile } from "../../electron/captions/quality/scc-rules.ts";
import { encodeScc } from "../../electron/captions/scc/encode.ts";
import { parseScc } from "../../electron/captions/scc/file.ts";

const cue = (startMs: number, endMs: number, ...lines: readonly string[]): Cue => ({ startMs, endMs, lines });
const found = (cues: readonly Cue[]): readonly string[] =>
  checkCues(cues).map(({ severity, rule }) => `${severity} ${rule}`);

describe("rules over cues", () => {
  test("good captions have no issues", () => {
    expect(
      found([cue(1_000, 3_000, "I call this meeting to order."), cue(3_067, 5_000, "Roll call, please.")]),
    ).toEqual([]);
  });

  test.each<[string, readonly Cue[]]>([
    ["error columns", [cue(0, 5_000, "this line has more than thirty-two characters")]],
    ["error lines", [cue(0, 5_000, "a", "b", "c", "d", "e")]],
    ["warning lines", [cue(0, 5_000, "a", "b", "c")]],
    ["warning empty", [cue(0, 2_000, " ")]],
    ["error character", [cue(0, 2_000, "漢")]],
    ["warning too-short", [cue(0, 300, "Aye.")]],
    ["warning too-long", [cue(0, 12_000, "Aye.")]],
    ["warning reading-speed", [cue(0, 1_000, "a line of thirty characters ok")]],
    ["error overlap", [cue(0, 3_000, "One."), cue(2_000, 4_000, "Two.")]],
    ["error order", [cue(5_000, 7_000, "One."), cue(1_000, 3_000, "Two.")]],
  ])("%s", (expected, cues) => {
    expect(found(cues)).toContain(expected);
  });

  test("issues say where they are", () => {
    expect(checkCues([cue(61_000, 61_200, "Aye.")])[0]).toMatchObject({ atMs: 61_000, rule: "too-short" });
  });
});

describe("rules over SCC files", () => {
  const body = "9420 9420 94ae 94ae 9470 9470 c8e9 942f 942f";
  const scc = (...lines: readonly string[]): string => `Scenarist_SCC V1.0\n\n${lines.join("\n\n")}\n`;
  const rules = (text: string): readonly string[] =>
    checkSccFile(parseScc(text)).map(({ rule, line }) => `${rule}@${line}`);

  test("what our encoder writes is clean", () => {
    expect(rules(encodeScc([cue(2_000, 4_000, "Clean.")]).text)).toEqual([]);
  });

  test.each([
    ["header@1", `Scenarist SCC\n\n00:00:01;00\t${body}\n`],
    ["tab@3", scc(`00:00:01;00 ${body}`)],
    ["timecode@3", scc("soon\t9420")],
    ["word@3", scc(`00:00:01;00\t${body} 12`)],
    ["label@3", scc(`00:01:00;00\t${body}`)],
    ["label@3", scc(`00:00:01:30\t${body}`)],
    ["parity@3", scc("00:00:01;00\t1420 1420 94ae 94ae 9470 9470 c8e9 942f 942f")],
    ["doubling@3", scc("00:00:01;00\t9420 94ae 9470 c8e9 942f")],
    ["doubling@3", scc("00:00:01;00\t9420 8080 9420 94ae 94ae 9470 9470 c8e9 942f 942f")],
    ["separator@5", scc(`00:00:01;00\t${body}`, `00:00:05:00\t${body}`)],
    ["order@5", scc(`00:00:05;00\t${body}`, `00:00:01;00\t${body}`)],
    ["overlap@5", scc(`00:00:01;00\t${body}`, `00:00:01;04\t${body}`)],
  ])("%s", (expected, text) => {
    expect(rules(text)).toContain(expected);
  });
});
