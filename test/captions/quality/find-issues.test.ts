/** One engine: what it finds of a document and its facts, and that the editor's increments find the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createDocument } from "../../../electron/captions/editing/document.ts";
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
            sounds: [{ startMs: 500_000, endMs: 510_000 }],
            words: [word("Aye.", 100, 300)],
          }),
        };
        const document = createDocument(cues);
        const checker = new CueChecker(document.cues, { ...facts, reviewed: reviewedIn(document) }, standard);
        const kept = openIssues(document, [...checker.issues(), ...wholeIssues(document, facts, standard)]);
        expect(kept).toEqual(checkDocument(document, facts, standard));
      }),
      { numRuns: 100 },
    );
  });

  test("include what recognition doubts and sound without words, until the place is reviewed", () => {
    const recordingIssues = findRecordingIssues({
      recognitionIssues: [
        { reason: "unsure", startMs: 1_500, endMs: 2_000, detail: "0.41" },
        { reason: "empty", startMs: 20_000, endMs: 30_000, detail: "no words" },
      ],
      sounds: [{ startMs: 20_000, endMs: 30_000 }],
      words: [word("Good", 1_000, 1_400), word("evening.", 1_400, 2_000)],
    });
    const cues = [cue(1_000, 3_000, "Good evening."), cue(31_000, 33_000, "Thank you all.")];
    const found = (reviewed: readonly number[]) =>
      findIssues(cues, { recordingIssues, reviewed: new Set(reviewed) }, standard).map(({ rule }) => rule);
    expect(found([])).toEqual(["recognition-unsure", "possible-missed-speech"]);
    expect(found([0])).toEqual([]);
    expect(found([1])).toEqual(["recognition-unsure", "possible-missed-speech"]);
  });

  test("say that nobody speaks, until somebody writes captions by hand", () => {
    const facts = {
      words: [],
      recordingIssues: findRecordingIssues({ recognitionIssues: [], sounds: undefined, words: [] }),
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
