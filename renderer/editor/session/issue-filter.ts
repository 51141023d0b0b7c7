/** Which of the open issues a person looks at. Pure. */
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { Severity } from "../../../electron/captions/quality/severity.ts";

export interface IssueFilter {
  /** null: of every rule. */
  readonly rule: string | null;
  /** null: errors and warnings. */
  readonly severity: Severity | null;
}

export const noFilter: IssueFilter = { rule: null, severity: null };
export const errorsOnly: IssueFilter = { rule: null, severity: "error" };
export const warningsOnly: IssueFilter = { rule: null, severity: "warning" };
export const gapsOnly: IssueFilter = { rule: "speech-without-caption", severity: null };

export const filterIssues = (issues: readonly Issue[], { rule, severity }: IssueFilter): readonly Issue[] =>
  issues.filter(
    (issue) => (rule === null || issue.rule === rule) && (severity === null || issue.severity === severity),
  );

export interface IssueCounts {
  readonly errors: number;
  readonly warnings: number;
}

export function countIssues(issues: readonly Issue[]): IssueCounts {
  const errors = issues.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: issues.length - errors };
}
