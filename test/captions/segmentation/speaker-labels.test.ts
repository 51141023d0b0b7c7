import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { countLineColumns } from "../../../electron/captions/cea608/transliterate.ts";
import { type Cue, cueText } from "../../../electron/captions/cue.ts";
import { writtenFormatNames } from "../../../electron/captions/formats/format-names.ts";

import { writeCaptionFile } from "../../../electron/captions/formats/write.ts";
import { defaultProfile, type SpeakerLabels } from "../../../electron/captions/quality/caption-profile.ts";
import { compareWithCues, encodeScc } from "../../../electron/captions/scc/encode.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import { labelSpeakers, withoutSpeakerNames } from "../../../electron/captions/segmentation/speaker-labels.ts";
import { parseCaptionFile } from "../../../electron/editing/parse-caption-file.ts";
import { spokenWords } from "../arbitraries.ts";

const profile = (speakerLabels: SpeakerLabels) => ({ ...defaultProfile, speakerLabels });

/** Cues of three seconds each, from speakers and lines. */
const said = (
  ...turns: readonly (readonly [speaker: string | undefined, ...lines: readonly string[]])[]
): readonly Cue[] =>
  turns.map(([speaker, ...lines], index) => ({
    startMs: index * 3_000,
    endMs: index * 3_000 + 2_900,
    lines,
    ...(speaker === undefined ? {} : { speaker }),
  }));

const shown = (cues: readonly Cue[], labels: SpeakerLabels): readonly string[] =>
  labelSpeakers(cues, profile(labels)).map(({ lines }) => lines.join("|"));

describe("a change of speaker", () => {
  const meeting = said(
    ["Mayor Peña", "Roll call, please."],
    ["Mayor Peña", "Is everybody here?"],
    ["Clerk", "We have a quorum."],
    [undefined, "[gavel]"],
    ["Mayor Peña", "Thank you."],
  );

  test.each<[SpeakerLabels, readonly string[]]>([
    ["none", ["Roll call, please.", "Is everybody here?", "We have a quorum.", "[gavel]", "Thank you."]],
    ["arrows", [">> Roll call, please.", "Is everybody here?", ">> We have a quorum.", "[gavel]", ">> Thank you."]],
    [
      "names",
      [
        ">> MAYOR PEÑA: Roll call,|please.",
        "Is everybody here?",
        ">> CLERK: We have a quorum.",
        "[gavel]",
        ">> MAYOR PEÑA: Thank you.",
      ],
    ],
  ])("is shown by %s", (labels, expected) => {
    expect(shown(meeting, labels)).toEqual(expected);
  });

  test.each<[string, readonly Cue[], SpeakerLabels, readonly string[]]>([
    ["arrows are not written twice", said(["A B", ">> Yes."], ["C D", ">> No."]), "arrows", [">> Yes.", ">> No."]],
    ["a dash is a label", said(["A B", "- Yes."], ["C D", "- No."]), "names", ["- Yes.", "- No."]],
    ["a name in capitals is one as well", said(["A B", "MS. WELLS: Yes."]), "names", ["MS. WELLS: Yes."]],
    ["so is the speaker's own name", said(["Ann Wells", "Ann Wells: Yes."]), "arrows", ["Ann Wells: Yes."]],
    ["a name is not written twice", said(["Ann Wells", ">> ANN WELLS: Yes."]), "names", [">> ANN WELLS: Yes."]],
    ["a name comes to arrows that are there", said(["Ann Wells", ">> Yes."]), "names", [">> ANN WELLS: Yes."]],
    ["labels that are there stay", said(["Ann Wells", ">> ANN WELLS: Yes."]), "none", [">> ANN WELLS: Yes."]],
    ["a sound is nobody's", said(["Ann", "[laughter]"], ["Ann", "Yes."]), "arrows", ["[laughter]", ">> Yes."]],
    [
      "who continues a turn within a caption is not new",
      said(["Ann", "I move it.", ">> I second."], ["Bob", "With pleasure."], ["Ann", "Thanks."]),
      "arrows",
      [">> I move it.|>> I second.", "With pleasure.", ">> Thanks."],
    ],
    [
      "who spoke before a turn within a caption is",
      said(["Ann", "I move it.", ">> I second."], ["Ann", "Thanks."]),
      "arrows",
      [">> I move it.|>> I second.", ">> Thanks."],
    ],
    [
      "captions without speakers in between change nothing",
      said(["Ann", "One"], [undefined, "two"], ["Ann", "three."]),
      "arrows",
      [">> One", "two", "three."],
    ],
  ])("%s", (_name, cues, labels, expected) => {
    expect(shown(cues, labels)).toEqual(expected);
    expect(shown(labelSpeakers(cues, profile(labels)), labels)).toEqual(expected);
  });
});

describe("a label that needs room", () => {
  test("breaks the lines anew", () => {
    expect(shown(said(["Clerk", "Council member Anderson moves"]), "names")).toEqual([
      ">> CLERK: Council|member Anderson moves",
    ]);
  });

  test("is arrows where the name does not fit", () => {
    const lines = ["Council member Anderson moves", "to approve the agenda."] as const;
    expect(shown(said(["Councillor Anderson", ...lines]), "names")).toEqual([
      ">> Council member Anderson moves|to approve the agenda.",
    ]);
    expect(shown(said(["Somebody with a name of forty letters in all", "Aye."]), "names")).toEqual([">> Aye."]);
  });

  test("cuts the caption in two where not even arrows fit, within its time", () => {
    const [full] = said(["Clerk", "A full line of thirty-two chars.", "And the second one is as long ok"]);
    const cut = labelSpeakers([full as Cue], profile("names"));
    expect(cut.length).toBeGreaterThan(1);
    expect(cut.map(cueText).join(" ")).toBe(`>> CLERK: ${cueText(full as Cue)}`);
    expect(cut[0]?.startMs).toBe(full?.startMs);
    expect(cut.at(-1)?.endMs).toBe(full?.endMs);
    expect(encodeScc([full as Cue]).notes.map(({ kind }) => kind)).toContain("re-cut");
  });

  test("leaves the place and the style of the line", () => {
    const [cue] = said(["Clerk", "Aye."]);
    const placed: Cue = {
      ...(cue as Cue),
      places: [{ row: 3, column: 5 }],
      styles: [{ parts: [{ from: 0, to: 4, italic: true }] }],
    };
    expect(labelSpeakers([placed], profile("arrows"))[0]).toMatchObject({
      lines: [">> Aye."],
      places: [{ row: 3, column: 5 }],
      styles: [{ parts: [{ from: 3, to: 7, italic: true }] }],
    });
  });
});

const speakers = fc.constantFrom(undefined, "Ann", "Mayor Peña", "Council President Bartholomew Wells");

test("any captions: no word is lost, every line fits, and a second time changes nothing", () => {
  fc.assert(
    fc.property(
      spokenWords(40),
      fc.array(speakers, { minLength: 1, maxLength: 8 }),
      fc.constantFrom<SpeakerLabels>("none", "arrows", "names"),
      (words, names, labels) => {
        // A word with a dash before it is the mark of a turn where it comes to stand at the beginning of a line.
        const undashed = words.map((word) => ({ ...word, text: word.text.replace(/^-+/, "x") }));
        const cues = segmentWords(undashed, profile("none")).map((cue, index): Cue => {
          const speaker = names[index % names.length];
          return speaker === undefined ? cue : { ...cue, speaker };
        });
        const rules = profile(labels);
        const labeled = labelSpeakers(cues, rules);
        const letters = (list: readonly Cue[]): string =>
          list
            .map(cueText)
            .join(" ")
            .replace(/>> (ANN:|MAYOR PEÑA:)?/g, "")
            .replace(/\s/g, "");
        expect(letters(labeled)).toBe(letters(cues));
        for (const { lines } of labeled) {
          expect(lines.length).toBeLessThanOrEqual(rules.maxLines);
          for (const line of lines) expect(countLineColumns(line)).toBeLessThanOrEqual(rules.maxLineLength);
        }
        expect(labelSpeakers(labeled, rules)).toEqual(labeled);
        expect(compareWithCues(encodeScc(cues, { profile: rules }).text, cues, { profile: rules })).toBeUndefined();
      },
    ),
    { numRuns: 300 },
  );
});

test("without their names, labeled captions read as they were said", () => {
  const cues = said(["Mayor Peña", "I have two items: the first."], ["Bob", "Second."]);
  const labeled = labelSpeakers(cues, profile("names"));
  expect(labeled.map(cueText)[1]).toBe(">> BOB: Second.");
  const spoken = withoutSpeakerNames(labeled, ["Mayor Peña", "Bob"]).map(cueText);
  expect(spoken).toEqual([">> I have two items: the first.", ">> Second."]);
});

test("formats that keep no speakers get labels, the others do not", () => {
  const cues = said(["Ann Wells", "I move it."], ["Bob", "Second."]).map((cue) => ({
    ...cue,
    startMs: cue.startMs + 5_000,
    endMs: cue.endMs + 5_000,
  }));
  for (const format of writtenFormatNames) {
    const written = writeCaptionFile(format, { cues, words: [] }, profile("names"));
    if (format === "txt") continue;
    const lines = parseCaptionFile(Buffer.from(written), {}).cues.map((cue) => cue.lines.join(" "));
    const isLabeled = ["scc", "mcc", "srt", "itt", "stl", "sbv"].includes(format);
    expect(lines, format).toEqual(
      isLabeled ? [">> ANN WELLS: I move it.", ">> BOB: Second."] : ["I move it.", "Second."],
    );
  }
});
