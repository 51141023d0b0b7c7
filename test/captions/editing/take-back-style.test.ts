import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { alignWords } from "../../../electron/captions/editing/align-words.ts";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { wordsOfText } from "../../../electron/captions/editing/cue-text.ts";
import { type CaptionDocument, createDocument } from "../../../electron/captions/editing/document.ts";
import { listStyleInCaptions, takeBackStyle } from "../../../electron/captions/editing/take-back-style.ts";
import { findStyleEdits } from "../../../electron/captions/house-style/find-style-edits.ts";
import { baseStyles } from "../../../electron/captions/house-style/style.ts";
import { applyStyleEdits } from "../../../electron/captions/house-style/styled-words.ts";
import { defaultProfile } from "../../../electron/captions/quality/caption-profile.ts";
import { segmentWords } from "../../../electron/captions/segmentation/segment.ts";
import { joinWords, toWords } from "../house-style/style-lines.ts";

const profile = { ...defaultProfile, speakerLabels: "none" as const };

/** A meeting in the style of the United States, with its captions. */
function openMeeting(line: string) {
  const heard = toWords(line);
  const { words, edits } = applyStyleEdits(heard, findStyleEdits(heard, { style: baseStyles.us }));
  const document = createDocument(segmentWords(words, profile));
  const list = ({ cues }: CaptionDocument) =>
    listStyleInCaptions(cues, { words, edits, align: (cue) => alignWords(wordsOfText(cue.lines), cue, words) });
  return { heard, words, edits, document, list };
}

const textOf = ({ cues }: CaptionDocument): string => cues.flatMap(({ lines }) => lines).join(" ");

const line =
  "All in favour say aye. The motion carries, four to nothing. Council Member Brennan moves that we approve " +
  "resolution number 26-14 at an estimated cost of three point two million dollars, of which the state would pay " +
  "80 percent. The public hearing was closed at 658. We meet at 6:30PM in the council's room.";

describe("taking back what the style has written", () => {
  test("lists each edit where it stands, with its place", () => {
    const { document, list, edits, words } = openMeeting(line);
    expect(textOf(document)).toBe(joinWords(words));
    const found = list(document);
    expect(found.map(({ edit }) => `${edit.heard} → ${edit.written}`)).toEqual([
      "favour → favor",
      "four to nothing. → 4-0.",
      "Council Member → Councilmember",
      "resolution number 26-14 → Resolution No. 26-14",
      "three point two million dollars, → $3.2 million,",
      "80 percent. → 80%.",
      "658. → 6:58.",
      "6:30PM → 6:30 p.m.",
    ]);
    expect(found.map(({ edit }) => edit)).toEqual(edits);
    for (const { edit, places } of found) {
      const texts = places.map(({ cue, word }) => wordsOfText(document.cues[cue - 1]?.lines ?? [])[word]);
      expect(texts.join(" ")).toBe(edit.written);
    }
  });

  test("takes back one, and the others stay", () => {
    const { document, list, words } = openMeeting(line);
    const [, vote] = list(document);
    const command = takeBackStyle(document.cues, vote === undefined ? [] : [vote], "Style", profile);
    if (command === undefined || vote === undefined) throw new Error("nothing was found");
    const { document: after } = computeChange(document, command);
    expect(textOf(after)).toBe(joinWords(words).replace("4-0.", "four to nothing."));
    expect(list(after).map(({ edit }) => edit.written)).not.toContain("4-0.");
    expect(list(after)).toHaveLength(list(document).length - 1);
    expect(takeBackStyle(after.cues, [], "Style", profile)).toBeUndefined();
  });

  test("takes back all in one step, to what was recognized, and nothing is left to take back", () => {
    const { document, list, heard } = openMeeting(line);
    const command = takeBackStyle(document.cues, list(document), "Style", profile);
    if (command === undefined) throw new Error("nothing was found");
    const { document: after } = computeChange(document, command);
    expect(textOf(after)).toBe(joinWords(heard));
    expect(list(after)).toEqual([]);
    for (const { lines } of after.cues) for (const each of lines) expect(each.length).toBeLessThanOrEqual(32);
  });

  test("leaves alone what a person has written since", () => {
    const { document, list } = openMeeting(line);
    const changed = {
      ...document,
      cues: document.cues.map((cue) => ({
        ...cue,
        lines: cue.lines.map((text) =>
          text.replace("4-0.", "5-0.").replace("Councilmember", "Ms.").replace("80%.", "80%,"),
        ),
      })),
    };
    const written = list(changed).map(({ edit }) => edit.written);
    expect(written).not.toContain("4-0.");
    expect(written).not.toContain("Councilmember");
    expect(written).toContain("80%.");
  });

  test("divides words over two captions in which the written ones stand", () => {
    const { document, list } = openMeeting("We meet at 6:30PM in the room.");
    const [cue] = document.cues;
    if (cue === undefined) throw new Error("no captions");
    const at = cue.lines.join(" ").indexOf("p.m.");
    const parts = computeChange(document, { type: "split", cue: cue.id, offset: at, atMs: 1_180 }).document;
    expect(parts.cues.map(({ lines }) => lines.join(" "))).toEqual(["We meet at 6:30", "p.m. in the room."]);
    const command = takeBackStyle(parts.cues, list(parts), "Style", profile);
    expect(command && textOf(computeChange(parts, command).document)).toBe("We meet at 6:30PM in the room.");
  });

  test("of whatever lines brings back exactly what was recognized", () => {
    const pieces = line.split(/(?<=[.,])\s/u);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }), (some) => {
        const { document, list, heard } = openMeeting(some.join(" "));
        const command = takeBackStyle(document.cues, list(document), "Style", profile);
        const after = command === undefined ? document : computeChange(document, command).document;
        expect(textOf(after)).toBe(joinWords(heard));
      }),
      { numRuns: 100 },
    );
  });
});
