import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Cue } from "../../../electron/captions/cue.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { CueChecker, checkCues } from "../../../electron/captions/quality/checker.ts";
import type { DocumentFacts } from "../../../electron/captions/quality/document-facts.ts";
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
    ["warning embarrassing-word", [cue(0, 3_000, "We open the pubic hearing.")]],
    ["warning filler-on-silence", [cue(1_000, 3_000, "Thank you.")], { silences: [{ startMs: 0, endMs: 5_000 }] }],
    [
      "warning caption-without-speech",
      [cue(1_000, 3_000, "The motion carries.")],
      { silences: [{ startMs: 0, endMs: 5_000 }] },
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
    [
      "a quiet recording: speech that was found is speech, however quiet",
      [cue(1_000, 3_000, "The motion carries.")],
      { silences: [{ startMs: 0, endMs: 5_000 }], speech: [{ startMs: 900, endMs: 3_100 }] },
    ],
    ["a caption that is read a little faster than the limit", [cue(0, 1_400, "a line of thirty characters ok")]],
    ["few characters that are many words", [cue(0, 1_000, "it is so to be")]],
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

  test("nobody speaks where nothing was found, in silence", () => {
    const facts = { silences: [{ startMs: 0, endMs: 5_000 }], speech: [{ startMs: 3_500, endMs: 4_000 }] };
    expect(found([cue(1_000, 3_000, "The motion carries.")], facts)).toEqual(["warning caption-without-speech"]);
    expect(found([cue(1_000, 3_000, "Thank you.")], facts)).toEqual(["warning filler-on-silence"]);
  });

  test("guidelines that count words have a limit of them", () => {
    const cues = [cue(0, 1_000, "it is so to be")];
    expect(checkCues(cues, captionProfiles.bbc).map(({ message }) => message)).toEqual([
      "too fast to read: 14 characters a second, 300 words a minute; viewers can read 17 and 180",
    ]);
    const fast = [cue(0, 1_000, "a line of thirty characters ok")];
    expect(checkCues(fast, captionProfiles.standard).map(({ message }) => message)).toEqual([
      "too fast to read: 30 characters a second, 360 words a minute; viewers can read 20",
    ]);
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
