/** The list of issues, each to be fixed or acknowledged with a reason, and the fixes that can be applied in bulk. */
import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import { cueOfIssue, findDismissals } from "../../../electron/captions/editing/document-issues.ts";
import { type Fix, type FixList, findFixes, fixLists } from "../../../electron/captions/editing/fixes.ts";
import type { Issue } from "../../../electron/captions/quality/issue.ts";
import type { Severity } from "../../../electron/captions/quality/severity.ts";
import { isSpeechGap } from "../../../electron/captions/quality/speech-gap-issues.ts";
import { type TimeSpan, uncovered } from "../../../electron/captions/time/span.ts";
import { texts } from "../../texts/en.ts";
import { answerGap, fillGap } from "../actions/gap-commands.ts";
import { useEditor, useEditorContext, useEditorSession } from "../context.ts";
import classes from "../editor.module.css";
import { formatTime } from "../format-time.ts";
import { countIssues, filterIssues, type IssueFilter, noFilter } from "../session/issue-filter.ts";
import { defaultSuspicionsPerHour } from "../session/preferences.ts";

const t = texts.editor.issues;
const entryHeight = 62;
/** With its buttons below it. */
const gapEntryHeight = 92;

function Fixes({ onDone }: { readonly onDone: () => void }) {
  const session = useEditorSession();
  const [list, setList] = useState<FixList>("gaps");
  const cues = useEditor(({ document }) => document.cues);
  const [excluded, setExcluded] = useState<ReadonlySet<number>>(new Set());
  const { durationMs, profile } = session.meeting;
  const speech = uncovered([{ startMs: 0, endMs: durationMs }], session.transcript.silences);
  const { words, silences } = session.transcript;
  const facts = { profile: profile.cues, speech, words, silences };
  const byList = new Map(fixLists.map((each): [FixList, readonly Fix[]] => [each, findFixes(each, cues, facts)]));
  const found = byList.get(list) ?? [];
  const included = found.filter(({ cue }) => !excluded.has(cue));
  const apply = (): void => {
    const changes = included.map(({ reason: _, ...fix }) => fix);
    if (session.edit({ type: "fix", list: t.lists[list] ?? list, cues: changes })) onDone();
  };
  return (
    <>
      <Select
        size="xs"
        aria-label={t.fixes}
        data={fixLists.map((value) => ({
          value,
          label: t.listWithCount(t.lists[value] ?? value, byList.get(value)?.length ?? 0),
        }))}
        value={list}
        onChange={(value) => {
          setList(value as FixList);
          setExcluded(new Set());
        }}
      />
      <div className={classes.entries}>
        {found.length === 0 ? <Text size="sm">{t.noProposals}</Text> : null}
        {found.slice(0, 300).map(({ cue, reason }) => {
          const index = cues.findIndex(({ id }) => id === cue);
          return (
            <Checkbox
              key={cue}
              size="xs"
              py={3}
              checked={!excluded.has(cue)}
              label={`${index + 1}, ${formatTime(cues[index]?.startMs ?? 0)}: ${reason}`}
              onChange={(event) => {
                const next = new Set(excluded);
                if (event.currentTarget.checked) next.delete(cue);
                else next.add(cue);
                setExcluded(next);
              }}
            />
          );
        })}
        {found.length > 300 ? <Text size="xs">{t.proposals(found.length)}</Text> : null}
      </div>
      <Group gap="xs">
        <Button size="xs" disabled={included.length === 0} onClick={apply}>
          {t.apply(included.length)}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {texts.close}
        </Button>
      </Group>
    </>
  );
}

const severityChoices = ["all", "error", "warning"] as const;

const isGap = (issue: Issue | undefined): boolean => issue !== undefined && isSpeechGap(issue);

interface EntryProps {
  readonly issue: Issue;
  readonly isActive: boolean;
  readonly onGo: () => void;
}

function IssueEntry({ issue, isActive, onGo }: EntryProps) {
  const { severity, rule, atMs = 0, untilMs, message, remedy } = issue;
  return (
    <UnstyledButton
      className={classes.entry}
      style={{ flex: 1, overflow: "hidden" }}
      aria-current={isActive || undefined}
      title={remedy}
      onClick={onGo}
    >
      <Text size="xs" lineClamp={3}>
        <Text span size="xs" fw={700} c={severity === "error" ? "red" : "orange"}>
          {rule}
        </Text>{" "}
        {formatTime(atMs)}
        {untilMs === undefined ? "" : `–${formatTime(untilMs)}`} {message}
      </Text>
    </UnstyledButton>
  );
}

/** What a person may do about speech without captions. */
function GapButtons({ gap, children }: { readonly gap: TimeSpan; readonly children: React.ReactNode }) {
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
    <Group gap={4} wrap="nowrap" pl={6}>
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

export function Issues() {
  const session = useEditorSession();
  const issues = useEditor((state) => state.issues);
  const active = useEditor((state) => state.activeCueId);
  const activeGap = useEditor((state) => state.activeGap);
  const filter = useEditor((state) => state.issueFilter);
  const { rule, severity } = filter;
  const setFilter = (part: Partial<IssueFilter>): void =>
    session.store.setState({ issueFilter: { ...filter, ...part } });
  const [reason, setReason] = useState("");
  const [isFixing, setIsFixing] = useState(false);
  const [perHour, setPerHour] = useState(session.perHour);
  const scroller = useRef<HTMLDivElement>(null);
  const ofSeverity = filterIssues(issues, { rule: null, severity });
  const byRule = Map.groupBy(ofSeverity, (issue) => issue.rule);
  // The chosen rule stays in the list when its last issue has been settled.
  const rules = [...new Set([...byRule.keys(), ...(rule === null ? [] : [rule as Issue["rule"]])])].toSorted();
  const shown = filterIssues(issues, filter);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isGap(shown[index]) ? gapEntryHeight : entryHeight),
    overscan: 10,
  });
  // Entries of gaps are higher: what stands where is computed again when the list is another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtual list has no identity to depend on
  useEffect(() => rows.measure(), [issues, filter]);
  if (isFixing) return <Fixes onDone={() => setIsFixing(false)} />;
  const acknowledge = (some: typeof issues): void => {
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
          placeholder={t.all}
          clearable
          data={rules.map((value) => ({ value, label: t.ofRule(value, byRule.get(value)?.length ?? 0) }))}
          value={rule}
          onChange={(value) => setFilter({ rule: value })}
        />
        <Button size="xs" variant="default" onClick={() => setIsFixing(true)}>
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
      {rule !== null && shown.every(({ severity }) => severity === "warning") && shown.length > 1 ? (
        <Button size="compact-sm" variant="default" disabled={reason.trim() === ""} onClick={() => acknowledge(shown)}>
          {t.acknowledgeAll(rule)}
        </Button>
      ) : null}
      <div ref={scroller} className={classes.entries}>
        {shown.length > 0 ? null : issues.length === 0 ? (
          <Text size="sm">{t.none}</Text>
        ) : (
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t.hidden(filter, countIssues(issues))}</Text>
            <Button size="compact-sm" variant="default" onClick={() => setFilter(noFilter)}>
              {t.showAll}
            </Button>
          </Stack>
        )}
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const issue = shown[index];
            if (issue === undefined) return null;
            const tickOff =
              issue.severity === "warning" ? (
                <Button size="compact-xs" variant="subtle" color="gray" onClick={() => acknowledge([issue])}>
                  {t.acknowledge}
                </Button>
              ) : null;
            const place = { position: "absolute", top: start, insetInline: 0, display: "flex" } as const;
            if (isSpeechGap(issue)) {
              const gap = { startMs: issue.atMs, endMs: issue.untilMs };
              return (
                <div key={index} style={{ ...place, height: gapEntryHeight, flexDirection: "column" }}>
                  <IssueEntry
                    issue={issue}
                    isActive={activeGap?.startMs === gap.startMs}
                    onGo={() => session.goToGap(gap)}
                  />
                  <GapButtons gap={gap}>{tickOff}</GapButtons>
                </div>
              );
            }
            const cue = cueOfIssue(session.document, issue);
            return (
              <div key={index} style={{ ...place, height: entryHeight }}>
                <IssueEntry
                  issue={issue}
                  isActive={activeGap === null && cue !== undefined && cue === active}
                  onGo={() => cue !== undefined && session.activate(cue)}
                />
                {tickOff}
              </div>
            );
          })}
        </div>
      </div>
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
