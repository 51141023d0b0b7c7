/** One engine: what it finds of a document and its facts, and that the editor's increments find the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { type CaptionDocument, createDocument } from "../../../electron/captions/editing/document.ts";
import {
  checkDocument,
  openIssues,
  reviewedIn,
  wholeIssues,
} from "../../../electron/captions/editing/document-issues.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { CueChecker, cueRules } from "../../../electron/captions/quality/checker.ts";
import type { RecordingFacts } from "../../../electron/captions/quality/document-facts.ts";
import { findIssues } from "../../../electron/captions/quality/find-issues.ts";
import { findRecordingIssues } from "../../../electron/captions/quality/recording-issues.ts";
import { ruleGroups, ruleNames, rules } from "../../../electron/captions/quality/rules.ts";
import type { Word } from "../../../electron/captions/word.ts";
import { cue } from "../../support/captions/cues.ts";
import { cueList } from "../arbitraries.ts";

const { standard } = captionProfiles;
const word = (text: string, startMs: number, endMs: number): Word => ({ text, startMs, endMs, probability: 0.9 });

describe("the registry of rules", () => {
  test("has a group and a severity for every rule, and every rule over cues is in it", () => {
    for (const name of ruleNames) {
      expect(ruleGroups, name).toContain(rules[name].group);
      expect(["error", "warning"], name).toContain(rules[name].severity);
    }
    expect(ruleNames).toEqual(expect.arrayContaining(cueRules.map(({ name }) => name)));
    // A rule over cues always says what to do.
    for (const { name } of cueRules) expect(rules[name].remedy.length, name).toBeGreaterThan(10);
  });
});

describe("the issues of a document", () => {
  test("are the same all at once and as the editor keeps them up to date", () => {
    fc.assert(
      fc.property(cueList(20), (cues) => {
        const facts: RecordingFacts = {
          glossary: ["Okafor"],
          recordingIssues: findRecordingIssues({
            recognitionIssues: [{ reason: "loop", startMs: 1_000, endMs: 2_000, detail: "three times" }],
            words: [word("Aye.", 100, 300)],
          }),
          words: [word("Aye.", 100, 300), word("lost", 400_000, 400_400), word("words", 400_500, 400_900)],
          speech: [
            { startMs: 0, endMs: 12_000 },
            { startMs: 500_000, endMs: 510_000 },
          ],
        };
        const document = createDocument(cues);
        const checker = new CueChecker(document.cues, { ...facts, reviewed: reviewedIn(document) }, standard);
        const kept = openIssues(document, [...checker.issues(), ...wholeIssues(document, facts, standard)]);
        expect(kept).toEqual(checkDocument(document, facts, standard));
      }),
      { numRuns: 100 },
    );
  });

  test("include what recognition doubts, until the place is reviewed", () => {
    const recordingIssues = findRecordingIssues({
      recognitionIssues: [
        { reason: "unsure", startMs: 1_500, endMs: 2_000, detail: "0.41" },
        { reason: "empty", startMs: 20_000, endMs: 30_000, detail: "no words" },
      ],
      words: [word("Good", 1_000, 1_400), word("evening.", 1_400, 2_000)],
    });
    const cues = [cue(1_000, 3_000, "Good evening."), cue(31_000, 33_000, "Thank you all.")];
    const found = (reviewed: readonly number[]) =>
      findIssues(cues, { recordingIssues, reviewed: new Set(reviewed) }, standard).map(({ rule }) => rule);
    expect(found([])).toEqual(["recognition-unsure"]);
    expect(found([0])).toEqual([]);
    expect(found([1])).toEqual(["recognition-unsure"]);
  });

  test("include speech without captions, whoever has accepted the captions beside it", () => {
    const speech = [{ startMs: 0, endMs: 20_000 }];
    const first = cue(0, 6_000, "the council has seen the plan", "and will vote on it this evening");
    const last = cue(14_000, 20_000, "all those in favor of the plan", "please say so now, one by one");
    const middle = cue(6_000, 14_000, "I would like to hear from the director", "of public works before we vote on it");
    const whole = createDocument([first, middle, last]);
    const issuesOf = (document: CaptionDocument, facts: RecordingFacts = { speech, speechDetector: "silero" }) =>
      checkDocument(document, facts, standard).filter(({ rule }) => rule === "speech-without-caption");
    const withEdits = (document: CaptionDocument, ...commands: readonly Command[]): CaptionDocument =>
      commands.reduce((so, command) => computeChange(so, command).document, document);
    expect(issuesOf(whole)).toEqual([]);
    // An edit leaves it, and no acceptance or acknowledgment answers it.
    const gone = withEdits(whole, { type: "delete", cues: [2] });
    const [gap, ...more] = issuesOf(gone);
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ severity: "error", message: "8 s of speech without a caption" });
    expect(Math.abs((gap?.atMs ?? 0) - 6_000)).toBeLessThan(600);
    expect(Math.abs((gap?.untilMs ?? 0) - 14_000)).toBeLessThan(600);
    const accepted = withEdits(
      gone,
      { type: "accept", cues: [1, 3] },
      { type: "ticks", text: "fine", issues: [{ rule: "speech-without-caption", atMs: gap?.atMs ?? 0, cue: 1 }] },
    );
    expect(issuesOf(accepted)).toEqual([gap]);
    // Captions do, and so does a person who says that nobody speaks there, but only there.
    const text = [...middle.lines];
    expect(issuesOf(withEdits(accepted, { type: "insert", startMs: 6_000, endMs: 13_900, lines: text }))).toEqual([]);
    const answered = withEdits(accepted, { type: "no-speech", startMs: gap?.atMs ?? 0, endMs: gap?.untilMs ?? 0 });
    expect(issuesOf(answered)).toEqual([]);
    const [beyond] = issuesOf(withEdits(answered, { type: "delete", cues: [3] }));
    expect(beyond?.atMs).toBeGreaterThan(13_000);
    expect(beyond?.untilMs).toBe(20_000);
  });

  test("tell one fault once: recognized words are quoted in their gap, and short ones are a warning", () => {
    const words = ["now", "the", "roll", "call", "if", "you", "please", "and", "then", "the", "vote"].map((text, at) =>
      word(text, 6_000 + at * 400, 6_380 + at * 400),
    );
    const cues = [cue(0, 5_900, "the council has seen the plan", "and will vote on it this evening")];
    const facts: RecordingFacts = { words, speech: [{ startMs: 0, endMs: 10_400 }], speechDetector: "energy" };
    const find = (some: typeof cues, known: RecordingFacts) =>
      findIssues(some, known, standard).filter(({ rule }) => rule === "speech-without-caption");
    expect(find(cues, facts)).toMatchObject([
      {
        severity: "error",
        message: '5 s of speech without a caption: "now the roll call if you please and then the vote"',
      },
    ]);
    // Without words, loudness alone is no proof.
    expect(find(cues, { ...facts, words: [] })).toMatchObject([
      { severity: "error", message: "5 s of sound that may be speech without a caption" },
    ]);
    // Where it is not known where speech is, the words tell.
    expect(find(cues, { words })).toMatchObject([{ severity: "error" }]);
    const few = words.slice(0, 3);
    expect(find(cues, { ...facts, words: few, speech: [{ startMs: 0, endMs: 7_200 }] })).toMatchObject([
      {
        severity: "warning",
        message: 'words that were recognized have no caption: "now the roll"',
        atMs: 6_000,
        untilMs: 7_180,
      },
    ]);
  });

  test("say that nobody speaks, until somebody writes captions by hand", () => {
    const facts = {
      words: [],
      recordingIssues: findRecordingIssues({ recognitionIssues: [], words: [] }),
    };
    expect(findIssues([], facts, standard)).toMatchObject([{ rule: "no-speech", severity: "error" }]);
    expect(findIssues([cue(1_000, 3_000, "[music]")], facts, standard)).toEqual([]);
  });

  test("name a name once, whether it is spelled or sounds nearly like it, and no more once it is right", () => {
    const facts: RecordingFacts = {
      glossary: ["Okafor"],
      nearNames: [
        { startMs: 1_200, heard: "oak a for", term: "Okafor" },
        { startMs: 4_200, heard: "Okafur", term: "Okafor" },
      ],
    };
    const messages = (first: string, second: string) =>
      findIssues([cue(1_000, 3_000, first), cue(4_000, 6_000, second)], facts, standard)
        .filter(({ rule }) => rule === "near-name")
        .map(({ message }) => message);
    expect(messages("Member oak a for?", "Mister Okafur.")).toEqual([
      '"oak a for" may be "Okafor"',
      '"Okafur" may be "Okafor"',
    ]);
    expect(messages("Member Okafor?", "Mister Okafor.")).toEqual([]);
  });

  test("leave the encoder out where the captions are encoded already", () => {
    const dense = Array.from({ length: 20 }, (_, index) =>
      cue(index * 700, index * 700 + 650, "thirty-two characters of a line.", "and another thirty-two of a row."),
    );
    const names = (encoding?: false) => findIssues(dense, {}, standard, encoding).map(({ rule }) => rule);
    expect(names().some((name) => name === "late" || name === "impossible-load")).toBe(true);
    expect(names(false).some((name) => name === "late" || name === "impossible-load")).toBe(false);
  });
});
