/** The open issues, grouped by their rule, as rows of one list. Pure. */
import type { FixList } from "../../../../electron/captions/editing/fixes.ts";
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import { isSpeechGap } from "../../../../electron/captions/quality/speech-gap-issues.ts";

export interface IssueGroup {
  readonly rule: Issue["rule"];
  readonly severity: Issue["severity"];
  readonly issues: readonly Issue[];
}

/** What mends a rule's issues in many captions at once. */
const fixes: Partial<Record<Issue["rule"], FixList>> = {
  columns: "split",
  lines: "split",
  "re-cut": "split",
  "reading-speed": "durations",
  "too-short": "durations",
  "too-long": "durations",
  gap: "gaps",
  overlap: "gaps",
};

export const findFixList = (rule: Issue["rule"]): FixList | undefined => fixes[rule];

/** Speech without captions first, then what blocks, then the rules with the most issues. */
export function groupIssues(issues: readonly Issue[]): readonly IssueGroup[] {
  const byRule = Map.groupBy(issues, (issue) => `${issue.severity} ${issue.rule}`);
  const toRank = ({ issues: own, severity }: IssueGroup): number =>
    own.some(isSpeechGap) ? 0 : severity === "error" ? 1 : 2;
  return [...byRule.values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined ? [] : [{ rule: first.rule, severity: first.severity, issues: own }];
    })
    .toSorted((a, b) => toRank(a) - toRank(b) || b.issues.length - a.issues.length || a.rule.localeCompare(b.rule));
}

export type IssueRow =
  | { readonly kind: "group"; readonly group: IssueGroup }
  | { readonly kind: "issue"; readonly issue: Issue };

/** The same for an issue as long as it is about the same place. */
export const toRowKey = (row: IssueRow): string =>
  row.kind === "group"
    ? toGroupKey(row.group)
    : `${row.issue.rule} ${row.issue.cue ?? ""} ${row.issue.atMs ?? ""} ${row.issue.untilMs ?? ""}`;

/** @param closed keys of the groups whose issues are not shown */
export const listRows = (groups: readonly IssueGroup[], closed: ReadonlySet<string>): readonly IssueRow[] =>
  groups.flatMap((group): readonly IssueRow[] => [
    { kind: "group", group },
    ...(closed.has(toGroupKey(group)) ? [] : group.issues.map((issue): IssueRow => ({ kind: "issue", issue }))),
  ]);

export const toGroupKey = ({ rule, severity }: Pick<IssueGroup, "rule" | "severity">): string => `${severity} ${rule}`;
