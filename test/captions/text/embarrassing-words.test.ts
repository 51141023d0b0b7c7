import { describe, expect, test } from "vitest";
import { createDocument } from "../../../electron/captions/editing/document.ts";
import { checkDocument } from "../../../electron/captions/editing/document-issues.ts";
import { captionProfiles } from "../../../electron/captions/quality/caption-profile.ts";
import { findEmbarrassingWords } from "../../../electron/captions/text/embarrassing-words.ts";

test.each<[string, readonly string[]]>([
  ["The pubic hearing is open.", ["pubic"]],
  ["PUBIC HEARING", ["PUBIC"]],
  ["a non-pubic part, (pubic)", ["pubic"]],
  ["We incest in our parks; the condoms' association", ["incest", "condoms'"]],
  ["the bitch's ass", ["bitch's", "ass"]],
  ["fucking shitty bullshitters", ["fucking", "shitty", "bullshitters"]],
  ["the dick said", ["dick"]],
  ["a hooker on Main", ["hooker"]],
])("%j has %j", (text, words) => {
  expect(findEmbarrassingWords(text)).toEqual(words.map((word) => word.replace(/['’]$/, "")));
});

test.each([
  "The public hearing on the assessment of classes at the Essex association is open.",
  "Dick Hooker and DICK moved to Dyke Road with Fanny.",
  "Shitake mushrooms, cockpit, Scunthorpe, Sussex, titles, analysis, peacock, cockroach",
  "a sex offender, sexual harassment, a rape kit, damn, hell",
  "We assess, assume and pass; the election of Mr. Cummings",
  "",
])("%j has none", (text) => {
  expect(findEmbarrassingWords(text)).toEqual([]);
});

describe("the issue of such a word", () => {
  const line = { startMs: 0, endMs: 3_000, lines: ["We open the pubic hearing."] };
  const find = (cues: Parameters<typeof createDocument>[0], accepted = false, ticked = false) => {
    const { cues: plain, ...rest } = createDocument(cues);
    const marks = ticked
      ? [
          {
            id: 900,
            kind: "tick" as const,
            atMs: 0,
            text: "said",
            rule: "embarrassing-word" as const,
            cue: plain[0]?.id ?? 0,
          },
        ]
      : [];
    const document = {
      ...rest,
      cues: plain.map((cue) => ({ ...cue, ...(accepted ? { reviewed: true as const } : {}) })),
      marks,
    };
    return (facts: { glossary?: readonly string[] } = {}) =>
      checkDocument(document, facts, captionProfiles.standard)
        .filter(({ rule }) => rule === "embarrassing-word")
        .map(({ severity, message }) => `${severity} ${message}`);
  };

  test("names it, with what to do", () => {
    expect(find([line])()).toEqual([expect.stringMatching(/^warning "pubic"/)]);
  });

  test("stays when the caption is accepted, and goes when it is ticked off", () => {
    expect(find([line], true)()).toHaveLength(1);
    expect(find([line], true, true)()).toEqual([]);
  });

  test("is not raised for a name of the city", () => {
    const cock = { ...line, lines: ["We met at the cock inn."] };
    expect(find([cock])()).toHaveLength(1);
    expect(find([cock])({ glossary: ["The Cock Inn"] })).toEqual([]);
  });
});
