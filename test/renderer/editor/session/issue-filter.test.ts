/** Which issues are shown, and what an empty list says of those that are hidden. */
import { expect, test } from "vitest";
import { createIssue } from "../../../../electron/captions/quality/issue.ts";
import {
  countIssues,
  filterIssues,
  type IssueFilter,
  noFilter,
} from "../../../../renderer/editor/session/issue-filter.ts";
import { texts } from "../../../../renderer/texts/en.ts";

const issues = [
  createIssue("columns", "a"),
  createIssue("gap", "b"),
  createIssue("gap", "c"),
  createIssue("lines", "d"),
];

test.each<[IssueFilter, string]>([
  [noFilter, "abcd"],
  [{ rule: "gap", severity: null }, "bc"],
  [{ rule: null, severity: "error" }, "a"],
  [{ rule: null, severity: "warning" }, "bcd"],
  [{ rule: "gap", severity: "error" }, ""],
  [{ rule: "bracket", severity: null }, ""],
])("%j shows %j", (filter, shown) => {
  expect(
    filterIssues(issues, filter)
      .map(({ message }) => message)
      .join(""),
  ).toBe(shown);
});

test.each<[IssueFilter, string]>([
  [
    { rule: "bracket", severity: null },
    "No open issue: A bracket is missing. The filter hides 1 error and 3 warnings.",
  ],
  [{ rule: "gap", severity: "error" }, "No open error: Flickering gaps. The filter hides 1 error and 3 warnings."],
])("an empty list for %j says what it hides", (filter, message) => {
  expect(texts.editor.issues.hidden(filter, countIssues(issues))).toBe(message);
});
