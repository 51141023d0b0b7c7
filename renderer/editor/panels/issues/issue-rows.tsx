/** The rows of the list of issues: the head of a group, an issue, and speech without captions with its answers. */
import { ActionIcon, Button, Group, Text, UnstyledButton } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import type { TimeSpan } from "../../../../electron/captions/time/span.ts";
import { texts } from "../../../texts/en.ts";
import { answerGap, fillGap } from "../../actions/gap-commands.ts";
import { useEditor, useEditorContext } from "../../context.ts";
import classes from "../../editor.module.css";
import { formatTime } from "../../format-time.ts";
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
  const Shape = severity === "error" ? IconAlertCircle : IconAlertTriangle;
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
      <span className={classes.issueKind} data-worst={severity}>
        <Shape size={15} aria-hidden />
      </span>
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

/** What a person may do about speech without captions. */
export function GapButtons({ gap, children }: { readonly gap: TimeSpan; readonly children: ReactNode }) {
  const { session, show } = useEditorContext();
  const isWriter = useEditor((state) => state.isWriter);
  const where = formatTime(gap.startMs);
  const answers = [
    [texts.editor.gaps.fill, fillGap],
    [texts.editor.gaps.noSpeech, answerGap],
    [
      texts.editor.hearAgain.short,
      () => {
        session.goToGap(gap);
        show("hear-again");
      },
    ],
  ] as const;
  return (
    <Group gap={4} pl={6}>
      {answers.map(([label, answer]) => (
        <Button
          key={label}
          size="compact-xs"
          variant="default"
          px={6}
          fw={500}
          style={{ flexShrink: 0 }}
          disabled={!isWriter}
          aria-label={`${label}, ${where}`}
          onClick={() => answer(session, gap)}
        >
          {label}
        </Button>
      ))}
      {children}
    </Group>
  );
}
