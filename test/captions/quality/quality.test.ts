import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { CueChecker, checkCues } from "../../../electron/captions/quality/checker.ts";
import type { DocumentFacts } from "../../../electron/captions/quality/document-facts.ts";
import { sccRules } from "../../../electron/captions/quality/rules.ts";
import { checkSccFile } from "../../../electron/captions/quality/scc/file-checks.ts";
import { scoreCaptions } from "../../../electron/captions/quality/score.ts";
import { encodeScc } from "../../../electron/captions/scc/encode.ts";
import { parseScc } from "../../../electron/captions/scc/file.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { cue } from "../../support/captions/cues.ts";
import { cueList } from "../arbitraries.ts";

const word = (text: string, startMs: number, endMs: number, probability = 0.9): Word => ({
  text,
  startMs,
  endMs,
  probability,
});
const found = (cues: readonly Cue[], facts: DocumentFacts = {}): readonly string[] =>
  checkCues(cues, captionProfiles.standard, facts).map(({ severity, rule }) => `${severity} ${rule}`);

describe("rules over cues", () => {
  test("good captions have no issues", () => {
    expect(
      found([cue(1_000, 3_000, "I call this meeting to order."), cue(3_067, 5_000, "Roll call, please.")]),
    ).toEqual([]);
  });

  test.each<[string, readonly Cue[], DocumentFacts?]>([
    ["error columns", [cue(0, 5_000, "this line has more than thirty-two characters")]],
    ["error lines", [cue(0, 5_000, "a", "b", "c", "d", "e")]],
    ["warning lines", [cue(0, 5_000, "a", "b", "c")]],
    ["warning empty", [cue(0, 2_000, " ")]],
    ["error character", [cue(0, 2_000, "漢")]],
    ["warning too-short", [cue(0, 300, "Aye.")]],
    ["warning too-long", [cue(0, 12_000, "Aye.")]],
    ["warning reading-speed", [cue(0, 1_000, "a line of thirty characters ok")]],
    ["warning word-rate", [cue(0, 1_000, "it is so to be")]],
    ["warning gap", [cue(0, 2_000, "One."), cue(2_300, 4_000, "Two.")]],
    ["warning gap", [cue(0, 2_000, "One."), cue(2_033, 4_000, "Two.")]],
    ["error overlap", [cue(0, 3_000, "One."), cue(2_000, 4_000, "Two.")]],
    ["error order", [cue(5_000, 7_000, "One."), cue(1_000, 3_000, "Two.")]],
    ["error beyond-end", [cue(5_000, 9_000, "One.")], { durationMs: 6_000 }],
    [
      "warning repetition",
      [cue(0, 2_000, "The motion."), cue(2_067, 4_000, "the motion"), cue(4_067, 6_000, "The motion!")],
    ],
    ["warning repetition", [cue(0, 6_000, "I think I think I think I think", "we should vote")]],
    ["warning double-word", [cue(0, 2_000, "The the motion carries.")]],
    ["warning double-word", [cue(0, 2_000, "All in favor of"), cue(2_067, 4_000, "of the motion?")]],
    ["warning bracket", [cue(0, 2_000, "[applause")]],
    ["warning bracket", [cue(0, 2_000, "applause)")]],
    ["warning unknown-speaker", [cue(0, 2_000, ">> SPEAKER 2: Thank you.")]],
    ["warning unknown-speaker", [{ ...cue(0, 2_000, "Thank you."), speaker: "Unknown" }]],
    ["warning near-name", [cue(0, 3_000, "I thank Mayor Andersen for that.")], { glossary: ["Anderson"] }],
    ["warning filler-on-silence", [cue(1_000, 3_000, "Thank you.")], { silences: [{ startMs: 0, endMs: 5_000 }] }],
    [
      "warning caption-without-speech",
      [cue(1_000, 3_000, "The motion carries.")],
      { silences: [{ startMs: 0, endMs: 5_000 }] },
    ],
    [
      "warning speech-without-caption",
      [cue(0, 2_000, "One."), cue(9_000, 11_000, "Two.")],
      { words: [word("lost", 4_000, 4_500), word("words", 4_600, 5_000)] },
    ],
    [
      "warning speech-without-caption",
      [cue(9_000, 11_000, "Two.")],
      { words: [word("lost", 4_000, 4_500), word("words", 4_600, 5_000)] },
    ],
    ["warning unsure-words", [cue(0, 2_000, "Peña moved.")], { words: [word("Peña", 200, 600, 0.3)] }],
  ])("%s", (expected, cues, facts) => {
    expect(found(cues, facts)).toContain(expected);
  });

  test.each<[string, readonly Cue[], DocumentFacts?]>([
    [
      "a sound label while nobody speaks",
      [cue(1_000, 3_000, "[applause]")],
      { silences: [{ startMs: 0, endMs: 5_000 }] },
    ],
    ["a label over two captions", [cue(0, 2_000, "[people speak"), cue(2_067, 4_000, "in the distance]")]],
    [
      "votes",
      [
        cue(0, 2_000, "Aye."),
        cue(2_067, 4_000, "Aye."),
        cue(4_067, 6_000, "Aye, aye, aye, aye."),
        cue(6_067, 8_000, "Aye."),
      ],
    ],
    ["a list", [cue(0, 2_000, "a) Parks, b) streets")]],
    ["a name of two equal words", [cue(0, 2_000, "Walla Walla is in.")]],
    ["words that are said twice", [cue(0, 2_000, "It had had its day."), cue(2_067, 4_000, "No, no.")]],
    ["a name that is right", [cue(0, 3_000, "I thank Mayor Anderson.")], { glossary: ["Anderson"] }],
    [
      "unsure words that were ticked off",
      [cue(0, 2_000, "Peña moved.")],
      { words: [word("Peña", 200, 600, 0.3)], reviewed: new Set([0]) },
    ],
  ])("%s: nothing", (_name, cues, facts) => {
    expect(found(cues, facts)).toEqual([]);
  });

  test("issues say where they are and what to do", () => {
    const [issue] = checkCues([cue(1_000, 3_000, "Good evening."), cue(61_000, 61_200, "Aye.")]);
    expect(issue).toMatchObject({ atMs: 61_000, cue: 1, rule: "too-short", remedy: expect.stringMatching(/longer/) });
  });

  test("a profile decides what is an error and what is left out", () => {
    const cues = [cue(0, 300, "Aye.")];
    const severities = (profile: (typeof captionProfiles)[keyof typeof captionProfiles]): readonly string[] =>
      checkCues(cues, profile).map(({ severity, rule }) => `${severity} ${rule}`);
    expect(severities(captionProfiles.netflix)).toContain("error too-short");
    const silent = { ...captionProfiles.standard, severities: { "too-short": "off" as const } };
    expect(checkCues(cues, silent)).toEqual([]);
  });
});

describe("checking again after an edit", () => {
  const edits = fc.record({
    cues: cueList(20),
    at: fc.nat(19),
    removed: fc.nat(3),
    inserted: cueList(3),
  });

  test("finds what checking everything finds, and looks only where the edit was", () => {
    fc.assert(
      fc.property(edits, ({ cues, at, removed, inserted }) => {
        const from = Math.min(at, cues.length);
        const gone = Math.min(removed, cues.length - from);
        const edited = [...cues.slice(0, from), ...inserted, ...cues.slice(from + gone)];
        const checker = new CueChecker(cues);
        const checked = checker.update(edited, from, gone, inserted.length);
        expect(checker.issues()).toEqual(new CueChecker(edited).issues());
        expect(checked).toBeLessThanOrEqual(inserted.length + 4);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("the score", () => {
  const words = [word("good", 0, 500, 1), word("evening", 500, 1_000, 1)];
  const score = (cues: readonly Cue[], facts: DocumentFacts = {}) =>
    scoreCaptions(cues, checkCues(cues, captionProfiles.standard, facts), captionProfiles.standard, facts);

  test("of clean captions is one, and they pass", () => {
    expect(score([cue(0, 2_000, "Good evening.")], { words })).toMatchObject({ overall: 1, passed: true });
  });

  test("of nothing, where something was said, is below the mark", () => {
    expect(score([], { words }).passed).toBe(false);
    expect(score([], { words: [] }).passed).toBe(false);
  });

  test("counts only what can be known", () => {
    expect(Object.keys(score([cue(0, 2_000, "Hi.")]).groups)).not.toContain("audio-quality");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")], { words }).groups)).toContain("audio-quality");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")]).groups)).not.toContain("speaker-identification");
    expect(Object.keys(score([cue(0, 2_000, "Hi.")], { speakersKnown: true }).groups)).toContain(
      "speaker-identification",
    );
  });

  test("falls with every fault, and stays from 0 to 1", () => {
    fc.assert(
      fc.property(cueList(15), (cues) => {
        const { overall, groups } = score(cues);
        for (const part of [overall, ...Object.values(groups)]) {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(1);
        }
      }),
    );
    const bad = Array.from({ length: 10 }, (_, index) => cue(index * 100, index * 100 + 80, "漢".repeat(40)));
    expect(score(bad).passed).toBe(false);
  });
});

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
