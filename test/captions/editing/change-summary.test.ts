/** What a line of the history says of a change. */
import { describe, expect, test } from "vitest";
import { computeChange } from "../../../electron/captions/editing/apply.ts";
import { changeSummarySchema, summarizeChange } from "../../../electron/captions/editing/change-summary.ts";
import type { Command } from "../../../electron/captions/editing/command.ts";
import { createDocument } from "../../../electron/captions/editing/document.ts";

const start = createDocument([
  { startMs: 1_000, endMs: 3_000, lines: ["I move to", "approve."] },
  { startMs: 3_067, endMs: 5_000, lines: ["Second."], speaker: "Garcia" },
]);
const summarize = (command: Command) => summarizeChange(computeChange(start, command).change);

describe("the summary of a change", () => {
  test.each<[string, Command, object | undefined]>([
    [
      "a text",
      { type: "text", cue: 1, lines: ["I move to adjourn."] },
      { before: { cue: 1, text: "I move to approve." }, after: { text: "I move to adjourn." }, count: 1 },
    ],
    [
      "a time",
      { type: "time", cue: 2, endMs: 4_000 },
      { before: { endMs: 5_000, speaker: "Garcia" }, after: { endMs: 4_000 }, count: 1 },
    ],
    ["a deletion", { type: "delete", cues: [1, 2] }, { before: { cue: 1 }, after: null, count: 2 }],
    [
      "a new caption",
      { type: "insert", startMs: 6_000, endMs: 7_000, lines: ["Aye."] },
      { before: null, after: { text: "Aye." }, count: 1 },
    ],
    ["a bookmark", { type: "mark", kind: "bookmark", atMs: 5, text: "" }, undefined],
  ])("%s", (_, command, summary) => {
    const found = summarize(command);
    if (summary === undefined) expect(found).toBeUndefined();
    else expect(changeSummarySchema.parse(found)).toMatchObject(summary);
  });

  test("long texts are cut", () => {
    const found = summarize({ type: "text", cue: 1, lines: ["x".repeat(400)] });
    expect(found?.after?.text).toMatch(/^x{159}…$/);
  });
});
