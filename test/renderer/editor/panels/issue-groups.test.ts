/** The open issues by their rule: what blocks comes first, and every issue stands under the head of its rule. */
import { expect, test } from "vitest";
import { createIssue } from "../../../../electron/captions/quality/issue.ts";
import { ruleNameSchema } from "../../../../electron/captions/quality/rules.ts";
import {
  findFixList,
  groupIssues,
  listRows,
  toGroupKey,
} from "../../../../renderer/editor/panels/issues/issue-groups.ts";
import { texts } from "../../../../renderer/texts/en.ts";

const issues = [
  createIssue("gap", "a", { cue: 0, atMs: 1 }),
  createIssue("double-word", "b", { cue: 1, atMs: 2 }),
  createIssue("columns", "c", { cue: 1, atMs: 2 }),
  createIssue("gap", "d", { cue: 2, atMs: 3 }),
  createIssue("speech-without-caption", "e", { atMs: 4, untilMs: 9_000 }),
];

test("speech without captions, then errors, then the rules with the most issues", () => {
  const groups = groupIssues(issues);
  expect(groups.map(({ rule, issues: own }) => `${rule} ${own.map(({ message }) => message).join("")}`)).toEqual([
    "speech-without-caption e",
    "columns c",
    "gap ad",
    "double-word b",
  ]);
  expect(listRows(groups, new Set()).length).toBe(issues.length + groups.length);
  const closed = new Set(groups.map(toGroupKey));
  expect(listRows(groups, closed).map(({ kind }) => kind)).toEqual(["group", "group", "group", "group"]);
});

test("what many captions have can be mended at once", () => {
  expect([findFixList("columns"), findFixList("reading-speed"), findFixList("gap"), findFixList("bracket")]).toEqual([
    "split",
    "durations",
    "gaps",
    undefined,
  ]);
});

test.each(["columns", "reading-speed", "unsure-words", "speech-without-caption", "late", "recognition-loop"] as const)(
  "%s has a title in words",
  (rule) => {
    expect(ruleNameSchema.parse(rule)).toBe(rule);
    expect(texts.editor.issues.ruleTitle(rule)).toMatch(/^[A-Z][a-z ]+/);
  },
);
