/** The rows of the list of issues: the head of a group, and an issue. */
import { ActionIcon, Button, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import { texts } from "../../../texts/en.ts";
import { useEditor } from "../../context.ts";
import classes from "../../editor.module.css";
import { formatTime } from "../../format-time.ts";
import { SeverityIcon } from "../../severity-icon.tsx";
import { findFixList, type IssueGroup } from "./issue-groups.ts";

const t = texts.editor.issues;

interface GroupHeadProps {
  readonly group: IssueGroup;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onFix: () => void;
  readonly onDismiss: () => void;
}

export function GroupHead({ group: { rule, severity, issues }, isOpen, onToggle, onFix, onDismiss }: GroupHeadProps) {
  const isWriter = useEditor((state) => state.isWriter);
  const title = t.ruleTitle(rule);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.issueGroup}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-expanded={isOpen}
        aria-label={t.showGroup(title)}
        onClick={onToggle}
      >
        <Chevron size={14} aria-hidden />
      </ActionIcon>
      <SeverityIcon severity={severity} />
      <Text span size="xs" fw={600} style={{ flex: 1 }} lineClamp={2}>
        {title} ({issues.length})
      </Text>
      {findFixList(rule) === undefined ? null : (
        <Button size="compact-xs" variant="default" disabled={!isWriter} onClick={onFix}>
          {t.fix}
        </Button>
      )}
      {severity === "warning" && issues.length > 1 ? (
        <Button
          size="compact-xs"
          variant="default"
          disabled={!isWriter}
          aria-label={t.acknowledgeAll(title)}
          onClick={onDismiss}
        >
          {t.dismissAll}
        </Button>
      ) : null}
    </div>
  );
}

interface EntryProps {
  readonly issue: Issue;
  readonly isActive: boolean;
  readonly onGo: () => void;
}

export function IssueEntry({ issue, isActive, onGo }: EntryProps) {
  const { rule, atMs = 0, untilMs, message, remedy, cue } = issue;
  return (
    <UnstyledButton
      className={classes.entry}
      style={{ flex: 1, overflow: "hidden" }}
      aria-current={isActive || undefined}
      data-rule={rule}
      title={remedy}
      onClick={onGo}
    >
      <Text size="xs" lineClamp={3}>
        <span className={classes.small}>
          {cue === undefined ? "" : `${cue + 1} · `}
          {formatTime(atMs)}
          {untilMs === undefined ? "" : `–${formatTime(untilMs)}`}
        </span>{" "}
        {message}
      </Text>
    </UnstyledButton>
  );
}
