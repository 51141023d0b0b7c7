/** The list of issues by rule: each is gone to, fixed, or dismissed with a reason, alone or with all of its rule. */
import { Button, Group, NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useMemo, useRef, useState } from "react";
import { cueOfIssue, findDismissals } from "../../../../electron/captions/editing/document-issues.ts";
import type { FixList } from "../../../../electron/captions/editing/fixes.ts";
import type { Issue } from "../../../../electron/captions/quality/issue.ts";
import type { Severity } from "../../../../electron/captions/quality/severity.ts";
import { isSpeechGap } from "../../../../electron/captions/quality/speech-gap-issues.ts";
import { KeyTip } from "../../../actions/key-tip.tsx";
import { texts } from "../../../texts/en.ts";
import { useEditor, useEditorSession } from "../../context.ts";
import classes from "../../editor.module.css";
import { GapButtons } from "../../gap-buttons.tsx";
import { countIssues, filterIssues, type IssueFilter, noFilter } from "../../session/issue-filter.ts";
import { defaultSuspicionsPerHour } from "../../session/preferences.ts";
import { Fixes } from "./fixes.tsx";
import { findFixList, groupIssues, type IssueRow, listRows, toGroupKey } from "./issue-groups.ts";
import { GroupHead, IssueEntry } from "./issue-rows.tsx";

const t = texts.editor.issues;
/** Heights of the rows in pixels, until they are measured; a gap has its buttons below it. */
const heights = { group: 36, issue: 58, gap: 92 } as const;

const severityChoices = ["all", "error", "warning"] as const;

const toHeight = (row: IssueRow | undefined): number =>
  row?.kind === "group" ? heights.group : row !== undefined && isSpeechGap(row.issue) ? heights.gap : heights.issue;

interface IssueRowsProps {
  readonly shown: readonly Issue[];
  readonly onFix: (list: FixList) => void;
  readonly onDismiss: (some: readonly Issue[]) => void;
}

function IssueRows({ shown, onFix, onDismiss }: IssueRowsProps) {
  const session = useEditorSession();
  const active = useEditor((state) => state.activeCueId);
  const activeGap = useEditor((state) => state.activeGap);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const list = useMemo(() => listRows(groupIssues(shown), closed), [shown, closed]);
  const rows = useVirtualizer({
    count: list.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => toHeight(list[index]),
    // Rows that stay keep their heights: the list is another one at nearly every key.
    getItemKey: useCallback((index: number) => list[index]?.key ?? index, [list]),
    indexAttribute: "data-row",
    overscan: 10,
  });
  const toggle = (key: string): void => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  };
  return (
    <div ref={scroller} className={classes.entries}>
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const row = list[index];
          if (row === undefined) return null;
          const style = { position: "absolute", top: start, insetInline: 0, display: "flex" } as const;
          const place = { ref: rows.measureElement, "data-row": index, style };
          if (row.kind === "group") {
            const { group } = row;
            const groupKey = toGroupKey(group);
            return (
              <div key={key} {...place}>
                <GroupHead
                  group={group}
                  isOpen={!closed.has(groupKey)}
                  onToggle={() => toggle(groupKey)}
                  onFix={() => onFix(findFixList(group.rule) ?? "split")}
                  onDismiss={() => onDismiss(group.issues)}
                />
              </div>
            );
          }
          const { issue } = row;
          const dismiss =
            issue.severity === "warning" ? (
              <KeyTip action="acknowledge">
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => onDismiss([issue])}>
                  {t.acknowledge}
                </Button>
              </KeyTip>
            ) : null;
          if (isSpeechGap(issue)) {
            const gap = { startMs: issue.atMs, endMs: issue.untilMs };
            return (
              <div key={key} {...place} style={{ ...style, flexDirection: "column" }}>
                <IssueEntry
                  issue={issue}
                  isActive={activeGap?.startMs === gap.startMs}
                  onGo={() => session.goToGap(gap)}
                />
                <GapButtons gap={gap}>{dismiss}</GapButtons>
              </div>
            );
          }
          const cue = cueOfIssue(session.document, issue);
          return (
            <div key={key} {...place}>
              <IssueEntry
                issue={issue}
                isActive={activeGap === null && cue !== undefined && cue === active}
                onGo={() => cue !== undefined && session.activate(cue)}
              />
              {dismiss}
            </div>
          );
        })}
      </div>
    </div>
  );
}

export function Issues() {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const filter = useEditor((state) => state.issueFilter);
  const { rule, severity } = filter;
  const setFilter = (part: Partial<IssueFilter>): void =>
    session.store.setState({ issueFilter: { ...filter, ...part } });
  const [reason, setReason] = useState("");
  const [fixing, setFixing] = useState<FixList>();
  const [perHour, setPerHour] = useState(session.perHour);
  const byRule = Map.groupBy(filterIssues(issues, { rule: null, severity }), (issue) => issue.rule);
  // The chosen rule stays in the list when its last issue has been settled.
  const rules = [...new Set([...byRule.keys(), ...(rule === null ? [] : [rule as Issue["rule"]])])];
  const shown = useMemo(() => filterIssues(issues, filter), [issues, filter]);
  if (fixing !== undefined) return <Fixes start={fixing} onDone={() => setFixing(undefined)} />;
  const acknowledge = (some: readonly Issue[]): void => {
    const dismissals = findDismissals(session.document, some);
    if (dismissals.length > 0)
      session.edit({ type: "ticks", text: reason.trim() || texts.editor.accepted, issues: dismissals });
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t.severity}
        data={severityChoices.map((value) => ({ value, label: t.severities[value] }))}
        value={severity ?? "all"}
        onChange={(value) => setFilter({ severity: value === "all" ? null : (value as Severity) })}
      />
      <Group gap="xs" wrap="nowrap">
        <Select
          size="xs"
          style={{ flex: 1 }}
          aria-label={texts.editor.sidePanel.issues}
          placeholder={t.allRules}
          clearable
          data={rules
            .map((value) => ({ value, label: t.ofRule(t.ruleTitle(value), byRule.get(value)?.length ?? 0) }))
            .toSorted((a, b) => a.label.localeCompare(b.label))}
          value={rule}
          onChange={(value) => setFilter({ rule: value })}
        />
        <Button size="xs" variant="default" onClick={() => setFixing("gaps")}>
          {t.fixes}
        </Button>
      </Group>
      <TextInput
        size="xs"
        placeholder={t.reason}
        aria-label={t.reason}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {shown.length > 0 ? (
        <IssueRows shown={shown} onFix={setFixing} onDismiss={acknowledge} />
      ) : (
        <div className={classes.entries}>
          {issues.length === 0 ? (
            <Text size="sm">{t.none}</Text>
          ) : (
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{t.hidden(filter, countIssues(issues))}</Text>
              <Button size="compact-sm" variant="default" onClick={() => setFilter(noFilter)}>
                {t.showAll}
              </Button>
            </Stack>
          )}
        </div>
      )}
      <NumberInput
        size="xs"
        label={t.marks}
        description={
          session.meeting.precision.judged === 0
            ? undefined
            : t.precision(session.meeting.precision.corrected, session.meeting.precision.judged)
        }
        min={0}
        max={2_000}
        step={20}
        value={perHour}
        onChange={(value) => {
          const next = typeof value === "number" ? value : defaultSuspicionsPerHour;
          setPerHour(next);
          session.perHour = next;
        }}
      />
    </>
  );
}
