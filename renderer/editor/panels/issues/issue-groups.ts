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

export type IssueRow = { readonly key: string } & (
  | { readonly kind: "group"; readonly group: IssueGroup }
  | { readonly kind: "issue"; readonly issue: Issue }
);

/** @param closed keys of the groups whose issues are not shown */
export function listRows(groups: readonly IssueGroup[], closed: ReadonlySet<string>): readonly IssueRow[] {
  const counts = new Map<string, number>();
  // A rule may find several faults at one place.
  const toKey = (issue: Issue): string => {
    const place = `${issue.severity} ${issue.rule} ${issue.cue ?? ""} ${issue.atMs ?? ""}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return `${place} #${count}`;
  };
  return groups.flatMap((group): readonly IssueRow[] => [
    { kind: "group", key: toGroupKey(group), group },
    ...(closed.has(toGroupKey(group))
      ? []
      : group.issues.map((issue): IssueRow => ({ kind: "issue", key: toKey(issue), issue }))),
  ]);
}

export const toGroupKey = ({ rule, severity }: Pick<IssueGroup, "rule" | "severity">): string => `${severity} ${rule}`;
